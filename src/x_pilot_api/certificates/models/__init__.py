"""The tables of certificates."""

from x_pilot_api.certificates.models.admissions import (
    Admission,
    AdmissionStatus,
    CertificateReview,
    ExcuseCode,
    ReviewPolicy,
    ReviewPurpose,
    ReviewSeat,
    ReviewState,
    SeatState,
)
from x_pilot_api.certificates.models.catalogue import (
    AssessmentComponent,
    AssessmentScheme,
    Certificate,
    CertificateLevel,
    Combination,
    ExamForm,
    Level,
)
from x_pilot_api.certificates.models.feedback import Feedback, FeedbackAnswer, FeedbackState

__all__ = [
    "Admission",
    "AdmissionStatus",
    "AssessmentComponent",
    "AssessmentScheme",
    "Certificate",
    "CertificateLevel",
    "CertificateReview",
    "Combination",
    "ExamForm",
    "ExcuseCode",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackState",
    "Level",
    "ReviewPolicy",
    "ReviewPurpose",
    "ReviewSeat",
    "ReviewState",
    "SeatState",
]
