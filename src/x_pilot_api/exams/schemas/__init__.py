"""What is asked and told of exams."""

from x_pilot_api.exams.schemas.award_results import AwardResultOut
from x_pilot_api.exams.schemas.corrections import (
    CorrectionConfirmationIn,
    CorrectionIn,
    CorrectionOut,
    CorrectionRefusalIn,
    CorrectionStepOut,
    CorrectionWholeOut,
)
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
    "AwardResultOut",
    "CandidateOut",
    "CorrectionConfirmationIn",
    "CorrectionIn",
    "CorrectionOut",
    "CorrectionRefusalIn",
    "CorrectionStepOut",
    "CorrectionWholeOut",
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
