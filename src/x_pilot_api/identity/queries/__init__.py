"""Finding who asks, and reading people, clients, institutions and organisations."""

from x_pilot_api.identity.queries.actors import find_actor
from x_pilot_api.identity.queries.clients import find_client
from x_pilot_api.identity.queries.parties import get_institution, get_organisation, list_organisations
from x_pilot_api.identity.queries.people import find_person, list_institutions_of

__all__ = [
    "find_actor",
    "find_client",
    "find_person",
    "get_institution",
    "get_organisation",
    "list_institutions_of",
    "list_organisations",
]
