"""What is asked and told of exams."""

from x_pilot_api.exams.schemas.plans import ExamPlanIn, ExamPlanOut, PlanCode, PlanLevelOut
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

__all__ = [
    "CandidateOut",
    "DownstreamOut",
    "ExamPlanIn",
    "ExamPlanOut",
    "MalformedRow",
    "PlanCode",
    "PlanLevelOut",
    "RegistrationOut",
    "RegistrationWish",
    "RegistrationsIn",
    "RegistrationsOut",
    "ResultBatchIn",
    "ResultBatchOut",
    "ResultRowIn",
    "RowOutcomeOut",
]
