"""What comes in and goes out at the routes of identity."""

from x_pilot_api.identity.schemas.clients import (
    ClientKeyIn,
    ClientKeyOut,
    MachineClientChange,
    MachineClientIn,
    MachineClientMadeOut,
    MachineClientOut,
)
from x_pilot_api.identity.schemas.parties import OrganisationOut
from x_pilot_api.identity.schemas.tokens import MeOut, TokenOut

__all__ = [
    "ClientKeyIn",
    "ClientKeyOut",
    "MachineClientChange",
    "MachineClientIn",
    "MachineClientMadeOut",
    "MachineClientOut",
    "MeOut",
    "OrganisationOut",
    "TokenOut",
]
