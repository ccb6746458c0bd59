"""Finding who asks, and reading people, clients, institutions and organisations."""

from x_pilot_api.identity.queries.actors import actor_finder, find_actor
from x_pilot_api.identity.queries.clients import find_client
from x_pilot_api.identity.queries.parties import get_institution, get_organisation, list_organisations
from x_pilot_api.identity.queries.people import find_person, is_still, list_institutions_of, lock_person, owner_of
from x_pilot_api.identity.queries.proofs import (
    count_recovery_codes,
    find_open_link,
    find_second_factor,
    lock_second_factor,
)
from x_pilot_api.identity.queries.roles import (
    Held,
    get_person,
    is_security_admin_beside,
    list_all_roles_of,
    list_people,
    list_roles_of,
    lock_managed,
    lock_person_of,
    people_visible_to,
)
from x_pilot_api.identity.queries.sessions import (
    Family,
    knows_token,
    list_sessions,
    lock_attempts,
    lock_family,
    lock_sessions,
    locked_until,
    sessions_visible_to,
)

__all__ = [
    "Family",
    "Held",
    "actor_finder",
    "count_recovery_codes",
    "find_actor",
    "find_client",
    "find_open_link",
    "find_person",
    "find_second_factor",
    "get_institution",
    "get_organisation",
    "get_person",
    "is_security_admin_beside",
    "is_still",
    "knows_token",
    "list_all_roles_of",
    "list_institutions_of",
    "list_organisations",
    "list_people",
    "list_roles_of",
    "list_sessions",
    "lock_attempts",
    "lock_family",
    "lock_managed",
    "lock_person",
    "lock_person_of",
    "lock_second_factor",
    "lock_sessions",
    "locked_until",
    "owner_of",
    "people_visible_to",
    "sessions_visible_to",
]
