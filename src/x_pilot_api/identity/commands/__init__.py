"""The deeds on people, their sessions and roles, and machine clients."""

from x_pilot_api.identity.commands.client_keys import add_key, approve_key, revoke_key
from x_pilot_api.identity.commands.client_sign_in import note_use, sign_in_by_assertion, sign_in_by_secret
from x_pilot_api.identity.commands.clients import change_client, create_client, revoke_client
from x_pilot_api.identity.commands.proofs import use_once
from x_pilot_api.identity.commands.signed_requests import Taken, take_signature
from x_pilot_api.identity.commands.signing_in import sign_in_person

__all__ = [
    "Taken",
    "add_key",
    "approve_key",
    "change_client",
    "create_client",
    "note_use",
    "revoke_client",
    "revoke_key",
    "sign_in_by_assertion",
    "sign_in_by_secret",
    "sign_in_person",
    "take_signature",
    "use_once",
]
