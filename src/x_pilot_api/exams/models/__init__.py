"""The tables of exams."""

from x_pilot_api.exams.models.notices import ObjectionState, ResultNotice, ResultObjection, ResultVisibility
from x_pilot_api.exams.models.plans import ExamPlan, ExamPlanLevel
from x_pilot_api.exams.models.registrations import Candidate, Registration, RegistrationState
from x_pilot_api.exams.models.results import (
    Activity,
    BatchState,
    Grading,
    Result,
    ResultBatch,
    ResultRow,
    RowOutcome,
    Standing,
)
from x_pilot_api.exams.models.reviews import Decision, ResultReview, ResultUpload, ReviewState, UploadState

__all__ = [
    "Activity",
    "BatchState",
    "Candidate",
    "Decision",
    "ExamPlan",
    "ExamPlanLevel",
    "Grading",
    "ObjectionState",
    "Registration",
    "RegistrationState",
    "Result",
    "ResultBatch",
    "ResultNotice",
    "ResultObjection",
    "ResultReview",
    "ResultRow",
    "ResultUpload",
    "ResultVisibility",
    "ReviewState",
    "RowOutcome",
    "Standing",
    "UploadState",
]
