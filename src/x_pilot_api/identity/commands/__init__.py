"""The deeds on people, their sessions and roles, and machine clients."""

from x_pilot_api.identity.commands.people import create_person, disable_person, enable_person, rename_person
from x_pilot_api.identity.commands.roles import grant_role, withdraw_role
from x_pilot_api.identity.commands.sessions import (
    Origin,
    end_other_sessions,
    end_session,
    end_sessions_of,
    refresh_session,
    remove_old,
    sign_out,
)
from x_pilot_api.identity.commands.signing_in import Claimed, sign_in_client, sign_in_person

__all__ = [
    "Claimed",
    "Origin",
    "create_person",
    "disable_person",
    "enable_person",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "grant_role",
    "refresh_session",
    "remove_old",
    "rename_person",
    "sign_in_client",
    "sign_in_person",
    "sign_out",
    "withdraw_role",
]
