"""The refusals of certificates."""

from x_pilot_api.certificates.errors.catalogue import (
    CertificateInUse,
    CertificateKnown,
    SchemeBeforeItsPredecessor,
)
from x_pilot_api.certificates.errors.feedback import (
    DueInPast,
    NotOfTheOrganisation,
)
from x_pilot_api.certificates.errors.reviews import (
    AlreadyAdmitted,
    ConflictOfInterest,
    ExitInPast,
    ExitSecondPerson,
    ExpertSeated,
    NotAdmitted,
    NotExperts,
    NoVoteLeft,
    PanelTooSmall,
    PolicyBeforeItsPredecessor,
    PolicyMissing,
    QuorumMissing,
    ReviewOpen,
)

__all__ = [
    "AlreadyAdmitted",
    "CertificateInUse",
    "CertificateKnown",
    "ConflictOfInterest",
    "DueInPast",
    "ExitInPast",
    "ExitSecondPerson",
    "ExpertSeated",
    "NoVoteLeft",
    "NotAdmitted",
    "NotExperts",
    "NotOfTheOrganisation",
    "PanelTooSmall",
    "PolicyBeforeItsPredecessor",
    "PolicyMissing",
    "QuorumMissing",
    "ReviewOpen",
    "SchemeBeforeItsPredecessor",
]
