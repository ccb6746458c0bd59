"""What comes in and goes out at the routes of identity."""

from x_pilot_api.identity.schemas.parties import OrganisationOut
from x_pilot_api.identity.schemas.people import PersonIn, PersonNameIn, PersonOut, RoleIn, RoleOut
from x_pilot_api.identity.schemas.tokens import EndedOut, MeOut, SessionOut, TokenOut

__all__ = [
    "EndedOut",
    "MeOut",
    "OrganisationOut",
    "PersonIn",
    "PersonNameIn",
    "PersonOut",
    "RoleIn",
    "RoleOut",
    "SessionOut",
    "TokenOut",
]
