"""The refusals of identity."""

from x_pilot_api.identity.errors.clients import (
    ClientKeyApproved,
    ClientKeyKnown,
    ClientKeyOver,
    ClientKeyPeriod,
    ClientKeysFull,
    ClientRefused,
    ClientRevoked,
    RotationProofRefused,
    SignatureMissing,
    SignatureRefused,
    SignatureStillRequired,
)
from x_pilot_api.identity.errors.signing_in import GrantUnsupported, InstitutionUnclear, ScopeRefused, SignInRefused

__all__ = [
    "ClientKeyApproved",
    "ClientKeyKnown",
    "ClientKeyOver",
    "ClientKeyPeriod",
    "ClientKeysFull",
    "ClientRefused",
    "ClientRevoked",
    "GrantUnsupported",
    "InstitutionUnclear",
    "RotationProofRefused",
    "ScopeRefused",
    "SignInRefused",
    "SignatureMissing",
    "SignatureRefused",
    "SignatureStillRequired",
]
