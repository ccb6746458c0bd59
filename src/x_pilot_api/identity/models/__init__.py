"""The tables of identity."""

from x_pilot_api.identity.models.clients import ClientKey, KeyUse, MachineClient
from x_pilot_api.identity.models.parties import Institution, Organisation
from x_pilot_api.identity.models.people import Membership, Person, PlatformRole, Role
from x_pilot_api.identity.models.proofs import PasswordLink, RecoveryCode, SecondFactor
from x_pilot_api.identity.models.sessions import AttemptKind, RefreshToken, SessionEnd, SignInAttempts, SignInSession

__all__ = [
    "AttemptKind",
    "ClientKey",
    "Institution",
    "KeyUse",
    "MachineClient",
    "Membership",
    "Organisation",
    "PasswordLink",
    "Person",
    "PlatformRole",
    "RecoveryCode",
    "RefreshToken",
    "Role",
    "SecondFactor",
    "SessionEnd",
    "SignInAttempts",
    "SignInSession",
]
