"""The deeds on people, their sessions and roles, and machine clients."""

from x_pilot_api.identity.commands.clearing import clear_away
from x_pilot_api.identity.commands.client_keys import add_key, approve_key, revoke_key
from x_pilot_api.identity.commands.client_proofs import use_once
from x_pilot_api.identity.commands.client_sign_in import note_use, sign_in_by_assertion, sign_in_by_secret
from x_pilot_api.identity.commands.clients import change_client, create_client, revoke_client
from x_pilot_api.identity.commands.organisations import change_organisation, delete_organisation, enter_organisation
from x_pilot_api.identity.commands.passwords import Change, change_password, issue_link, prove_password, use_link
from x_pilot_api.identity.commands.people import create_person, disable_person, enable_person, rename_person
from x_pilot_api.identity.commands.roles import grant_role, withdraw_role
from x_pilot_api.identity.commands.second_factors import confirm as confirm_second_factor
from x_pilot_api.identity.commands.second_factors import enrol as enrol_second_factor
from x_pilot_api.identity.commands.second_factors import prove_again
from x_pilot_api.identity.commands.second_factors import remove as remove_second_factor
from x_pilot_api.identity.commands.sessions import (
    end_other_sessions,
    end_session,
    end_sessions_of,
    refresh_session,
    sign_out,
)
from x_pilot_api.identity.commands.signed_requests import Taken, take_signature
from x_pilot_api.identity.commands.signing_in import Claimed, sign_in_person

__all__ = [
    "Change",
    "Claimed",
    "Taken",
    "add_key",
    "approve_key",
    "change_client",
    "change_organisation",
    "change_password",
    "clear_away",
    "confirm_second_factor",
    "create_client",
    "create_person",
    "delete_organisation",
    "disable_person",
    "enable_person",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "enrol_second_factor",
    "enter_organisation",
    "grant_role",
    "issue_link",
    "note_use",
    "prove_again",
    "prove_password",
    "refresh_session",
    "remove_second_factor",
    "rename_person",
    "revoke_client",
    "revoke_key",
    "sign_in_by_assertion",
    "sign_in_by_secret",
    "sign_in_person",
    "sign_out",
    "take_signature",
    "use_link",
    "use_once",
    "withdraw_role",
]
