"""The refusals of identity."""

from x_pilot_api.identity.errors.people import (
    LastSecurityAdmin,
    NotOneself,
    RoleBeyond,
    RoleHeld,
    RolesApart,
    RoleScopeUnfit,
    RoleScopeUnknown,
    UsernameTaken,
)
from x_pilot_api.identity.errors.proofs import (
    LinkRefused,
    PasswordUnfit,
    PasswordWrong,
    SecondFactorKnown,
    SecondFactorLocked,
    SecondFactorUnconfirmed,
)
from x_pilot_api.identity.errors.signing_in import (
    GrantUnsupported,
    InstitutionUnclear,
    RefreshRefused,
    ScopeRefused,
    SecondFactorNeeded,
    SecondFactorRefused,
    SignInLocked,
    SignInRefused,
)

__all__ = [
    "GrantUnsupported",
    "InstitutionUnclear",
    "LastSecurityAdmin",
    "LinkRefused",
    "NotOneself",
    "PasswordUnfit",
    "PasswordWrong",
    "RefreshRefused",
    "RoleBeyond",
    "RoleHeld",
    "RoleScopeUnfit",
    "RoleScopeUnknown",
    "RolesApart",
    "ScopeRefused",
    "SecondFactorKnown",
    "SecondFactorLocked",
    "SecondFactorNeeded",
    "SecondFactorRefused",
    "SecondFactorUnconfirmed",
    "SignInLocked",
    "SignInRefused",
    "UsernameTaken",
]
