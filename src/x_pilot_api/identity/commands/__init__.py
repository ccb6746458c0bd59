"""The deeds on people, their sessions and roles, and machine clients."""

from x_pilot_api.identity.commands.clearing import clear_away
from x_pilot_api.identity.commands.passwords import Change, change_password, issue_link, prove_password, use_link
from x_pilot_api.identity.commands.people import create_person, disable_person, enable_person, rename_person
from x_pilot_api.identity.commands.roles import grant_role, withdraw_role
from x_pilot_api.identity.commands.second_factors import confirm as confirm_second_factor
from x_pilot_api.identity.commands.second_factors import enrol as enrol_second_factor
from x_pilot_api.identity.commands.second_factors import prove_again
from x_pilot_api.identity.commands.second_factors import remove as remove_second_factor
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
    "Change",
    "Claimed",
    "Origin",
    "change_password",
    "clear_away",
    "confirm_second_factor",
    "create_person",
    "disable_person",
    "enable_person",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "enrol_second_factor",
    "grant_role",
    "issue_link",
    "prove_again",
    "prove_password",
    "refresh_session",
    "remove_second_factor",
    "rename_person",
    "sign_in_client",
    "sign_in_person",
    "sign_out",
    "use_link",
    "withdraw_role",
]
