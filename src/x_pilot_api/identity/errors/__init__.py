"""The refusals of identity."""

from x_pilot_api.identity.errors.signing_in import GrantUnsupported, InstitutionUnclear, ScopeRefused, SignInRefused

__all__ = ["GrantUnsupported", "InstitutionUnclear", "ScopeRefused", "SignInRefused"]
