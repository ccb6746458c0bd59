"""The deeds on messages: sending and reading them, choosing how to hear of them, mailing them, forgetting them."""

from x_pilot_api.inbox.commands.addresses import confirm_address, give_address, make_code, remove_address
from x_pilot_api.inbox.commands.mailing import Posted, claim, keep_fates, refuse_address
from x_pilot_api.inbox.commands.reading import choose, forget_messages, mark_read
from x_pilot_api.inbox.commands.sending import send, send_to

__all__ = [
    "Posted",
    "choose",
    "claim",
    "confirm_address",
    "forget_messages",
    "give_address",
    "keep_fates",
    "make_code",
    "mark_read",
    "refuse_address",
    "remove_address",
    "send",
    "send_to",
]
