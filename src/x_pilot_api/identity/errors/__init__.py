"""The refusals of identity."""

from x_pilot_api.identity.errors.proofs import (
    LinkRefused,
    OwnAccount,
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
    "LinkRefused",
    "OwnAccount",
    "PasswordUnfit",
    "PasswordWrong",
    "RefreshRefused",
    "ScopeRefused",
    "SecondFactorKnown",
    "SecondFactorLocked",
    "SecondFactorNeeded",
    "SecondFactorRefused",
    "SecondFactorUnconfirmed",
    "SignInLocked",
    "SignInRefused",
]
