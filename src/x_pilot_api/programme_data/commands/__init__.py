"""The deeds on the collection of programme data."""

from x_pilot_api.programme_data.commands.answering import accept_return, send_back
from x_pilot_api.programme_data.commands.filling import fill_return, submit_return
from x_pilot_api.programme_data.commands.rounds import close_round, extend_round, open_round, reopen_round

__all__ = [
    "accept_return",
    "close_round",
    "extend_round",
    "fill_return",
    "open_round",
    "reopen_round",
    "send_back",
    "submit_return",
]
