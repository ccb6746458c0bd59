"""What comes in and goes out at the routes of identity."""

from x_pilot_api.identity.schemas.clients import (
    ClientKeyIn,
    ClientKeyOut,
    MachineClientChange,
    MachineClientIn,
    MachineClientMadeOut,
    MachineClientOut,
)
from x_pilot_api.identity.schemas.parties import OrganisationChange, OrganisationIn, OrganisationOut
from x_pilot_api.identity.schemas.people import PersonIn, PersonNameIn, PersonOut, RoleIn, RoleOut
from x_pilot_api.identity.schemas.proofs import (
    CodeIn,
    EnrolmentOut,
    PasswordByLinkIn,
    PasswordChange,
    PasswordLinkOut,
    ProofIn,
    RecoveryCodesOut,
    SecondFactorOut,
)
from x_pilot_api.identity.schemas.tokens import EndedOut, MeOut, SessionOut, TokenOut

__all__ = [
    "ClientKeyIn",
    "ClientKeyOut",
    "CodeIn",
    "EndedOut",
    "EnrolmentOut",
    "MachineClientChange",
    "MachineClientIn",
    "MachineClientMadeOut",
    "MachineClientOut",
    "MeOut",
    "OrganisationChange",
    "OrganisationIn",
    "OrganisationOut",
    "PasswordByLinkIn",
    "PasswordChange",
    "PasswordLinkOut",
    "PersonIn",
    "PersonNameIn",
    "PersonOut",
    "ProofIn",
    "RecoveryCodesOut",
    "RoleIn",
    "RoleOut",
    "SecondFactorOut",
    "SessionOut",
    "TokenOut",
]
