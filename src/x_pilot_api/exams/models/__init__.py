"""The tables of exams."""

from x_pilot_api.exams.models.plans import ExamPlan, ExamPlanLevel
from x_pilot_api.exams.models.registrations import Candidate, Registration, RegistrationState
from x_pilot_api.exams.models.results import Activity, Grading, Result, ResultBatch, ResultRow, RowOutcome, Standing

__all__ = [
    "Activity",
    "Candidate",
    "ExamPlan",
    "ExamPlanLevel",
    "Grading",
    "Registration",
    "RegistrationState",
    "Result",
    "ResultBatch",
    "ResultRow",
    "RowOutcome",
    "Standing",
]
