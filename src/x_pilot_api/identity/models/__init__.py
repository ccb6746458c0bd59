"""The tables of identity."""

from x_pilot_api.identity.models.clients import ClientKey, KeyUse, MachineClient
from x_pilot_api.identity.models.parties import Institution, Organisation
from x_pilot_api.identity.models.people import Membership, Person, PlatformRole, Role

__all__ = [
    "ClientKey",
    "Institution",
    "KeyUse",
    "MachineClient",
    "Membership",
    "Organisation",
    "Person",
    "PlatformRole",
    "Role",
]
