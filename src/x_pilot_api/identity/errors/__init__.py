"""The refusals of identity."""

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
    "RefreshRefused",
    "ScopeRefused",
    "SecondFactorNeeded",
    "SecondFactorRefused",
    "SignInLocked",
    "SignInRefused",
]
