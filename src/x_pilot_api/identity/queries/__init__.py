"""Finding who asks, and reading people, clients, institutions and organisations."""

from x_pilot_api.identity.queries.actors import find_actor
from x_pilot_api.identity.queries.clients import find_client
from x_pilot_api.identity.queries.parties import get_institution, get_organisation, list_organisations
from x_pilot_api.identity.queries.people import find_person, is_still, list_institutions_of
from x_pilot_api.identity.queries.roles import (
    Held,
    get_person,
    is_security_admin_beside,
    list_all_roles_of,
    list_people,
    list_roles_of,
    lock_person_of,
    people_visible_to,
)
from x_pilot_api.identity.queries.sessions import (
    knows_token,
    list_sessions,
    lock_attempts,
    lock_family,
    lock_sessions,
    locked_until,
    sessions_visible_to,
)

__all__ = [
    "Held",
    "find_actor",
    "find_client",
    "find_person",
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
    "lock_person_of",
    "lock_sessions",
    "locked_until",
    "people_visible_to",
    "sessions_visible_to",
]
