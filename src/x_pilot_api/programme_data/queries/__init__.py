"""Finding rounds and programme data, and telling them beside what the platform knows."""

from x_pilot_api.programme_data.queries.returns import (
    get_return,
    get_round_of,
    list_levels,
    list_returns,
    list_unknown_levels,
    visible_returns,
)
from x_pilot_api.programme_data.queries.rounds import describe_rounds, get_round, list_rounds
from x_pilot_api.programme_data.queries.telling import describe_returns, figures_of, find_known, list_history

__all__ = [
    "describe_returns",
    "describe_rounds",
    "figures_of",
    "find_known",
    "get_return",
    "get_round",
    "get_round_of",
    "list_history",
    "list_levels",
    "list_returns",
    "list_rounds",
    "list_unknown_levels",
    "visible_returns",
]
