"""What is asked and told of exams."""

from x_pilot_api.exams.schemas.plans import (
    ExamPlanIn,
    ExamPlanOut,
    ExamPlanTerms,
    ExtensionIn,
    PlanCancellationIn,
    PlanCode,
    PlanLevelOut,
)
from x_pilot_api.exams.schemas.registrations import (
    CandidateOut,
    RegistrationOut,
    RegistrationsIn,
    RegistrationsOut,
    RegistrationWish,
)
from x_pilot_api.exams.schemas.results import (
    DownstreamOut,
    MalformedRow,
    ResultBatchIn,
    ResultBatchOut,
    ResultRowIn,
    RowOutcomeOut,
)
from x_pilot_api.exams.schemas.sittings import (
    SittingCancellationIn,
    SittingChange,
    SittingExaminerIn,
    SittingExaminerOut,
    SittingIn,
    SittingOut,
    SittingRoomIn,
    SittingRoomOut,
)
from x_pilot_api.exams.schemas.tasklist import PlanTaskOut

__all__ = [
    "CandidateOut",
    "DownstreamOut",
    "ExamPlanIn",
    "ExamPlanOut",
    "ExamPlanTerms",
    "ExtensionIn",
    "MalformedRow",
    "PlanCancellationIn",
    "PlanCode",
    "PlanLevelOut",
    "PlanTaskOut",
    "RegistrationOut",
    "RegistrationWish",
    "RegistrationsIn",
    "RegistrationsOut",
    "ResultBatchIn",
    "ResultBatchOut",
    "ResultRowIn",
    "RowOutcomeOut",
    "SittingCancellationIn",
    "SittingChange",
    "SittingExaminerIn",
    "SittingExaminerOut",
    "SittingIn",
    "SittingOut",
    "SittingRoomIn",
    "SittingRoomOut",
]
