"""Finding who asks, and reading people, clients, institutions and organisations."""

from x_pilot_api.identity.queries.actors import find_actor
from x_pilot_api.identity.queries.clients import (
    LiveKey,
    clients_visible_to,
    find_client,
    find_live_key,
    get_client,
    get_key,
    institutions_open_to,
    list_clients,
    list_keys,
    list_live_keys,
    lock_client,
    must_sign,
    state_of_key,
)
from x_pilot_api.identity.queries.parties import get_institution, get_organisation, list_organisations
from x_pilot_api.identity.queries.people import find_person, list_institutions_of

__all__ = [
    "LiveKey",
    "clients_visible_to",
    "find_actor",
    "find_client",
    "find_live_key",
    "find_person",
    "get_client",
    "get_institution",
    "get_key",
    "get_organisation",
    "institutions_open_to",
    "list_clients",
    "list_institutions_of",
    "list_keys",
    "list_live_keys",
    "list_organisations",
    "lock_client",
    "must_sign",
    "state_of_key",
]
