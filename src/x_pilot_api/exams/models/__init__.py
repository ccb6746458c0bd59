"""The tables of exams."""

from x_pilot_api.exams.models.corrections import (
    CaseKind,
    CaseState,
    CorrectionCase,
    CorrectionCounter,
    CorrectionStep,
    StepKind,
)
from x_pilot_api.exams.models.joint import JointExam, JointExamBand, JointExamState, JointGrade
from x_pilot_api.exams.models.notices import ResultNotice, ResultObjection, ResultObjectionState, ResultVisibility
from x_pilot_api.exams.models.plans import ExamPlan, ExamPlanLevel, PlanState, PlanTask, PlanTaskKind, out_of_order
from x_pilot_api.exams.models.registrations import Candidate, Channel, Registration, RegistrationState
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
from x_pilot_api.exams.models.reviews import Decision, ResultReview, ResultReviewState, ResultUpload, UploadState
from x_pilot_api.exams.models.sittings import (
    CoverageWarning,
    ExaminerDuty,
    ExamSitting,
    SittingExaminer,
    SittingRoom,
    SittingState,
)

__all__ = [
    "Activity",
    "BatchState",
    "Candidate",
    "CaseKind",
    "CaseState",
    "Channel",
    "CorrectionCase",
    "CorrectionCounter",
    "CorrectionStep",
    "CoverageWarning",
    "Decision",
    "ExamPlan",
    "ExamPlanLevel",
    "ExamSitting",
    "ExaminerDuty",
    "Grading",
    "JointExam",
    "JointExamBand",
    "JointExamState",
    "JointGrade",
    "PlanState",
    "PlanTask",
    "PlanTaskKind",
    "Registration",
    "RegistrationState",
    "Result",
    "ResultBatch",
    "ResultNotice",
    "ResultObjection",
    "ResultObjectionState",
    "ResultReview",
    "ResultReviewState",
    "ResultRow",
    "ResultUpload",
    "ResultVisibility",
    "RowOutcome",
    "SittingExaminer",
    "SittingRoom",
    "SittingState",
    "Standing",
    "StepKind",
    "UploadState",
    "out_of_order",
]
