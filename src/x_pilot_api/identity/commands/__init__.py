"""The deeds on people, their sessions and roles, and machine clients."""

from x_pilot_api.identity.commands.clearing import clear_away
from x_pilot_api.identity.commands.sessions import (
    Origin,
    end_other_sessions,
    end_session,
    end_sessions_of,
    refresh_session,
    sign_out,
)
from x_pilot_api.identity.commands.signing_in import Claimed, sign_in_client, sign_in_person

__all__ = [
    "Claimed",
    "Origin",
    "clear_away",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "refresh_session",
    "sign_in_client",
    "sign_in_person",
    "sign_out",
]
