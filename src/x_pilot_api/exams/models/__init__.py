"""The tables of exams."""

from x_pilot_api.exams.models.plans import ExamPlan, ExamPlanLevel, PlanState, PlanTask, PlanTaskKind, out_of_order
from x_pilot_api.exams.models.registrations import Candidate, Channel, Registration, RegistrationState
from x_pilot_api.exams.models.results import Activity, Grading, Result, ResultBatch, ResultRow, RowOutcome, Standing
from x_pilot_api.exams.models.sittings import ExaminerDuty, ExamSitting, SittingExaminer, SittingRoom, SittingState

__all__ = [
    "Activity",
    "Candidate",
    "Channel",
    "ExamPlan",
    "ExamPlanLevel",
    "ExamSitting",
    "ExaminerDuty",
    "Grading",
    "PlanState",
    "PlanTask",
    "PlanTaskKind",
    "Registration",
    "RegistrationState",
    "Result",
    "ResultBatch",
    "ResultRow",
    "RowOutcome",
    "SittingExaminer",
    "SittingRoom",
    "SittingState",
    "Standing",
    "out_of_order",
]
