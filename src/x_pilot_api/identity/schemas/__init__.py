"""What comes in and goes out at the routes of identity."""

from x_pilot_api.identity.schemas.parties import OrganisationOut
from x_pilot_api.identity.schemas.tokens import EndedOut, MeOut, SessionOut, TokenOut

__all__ = ["EndedOut", "MeOut", "OrganisationOut", "SessionOut", "TokenOut"]
