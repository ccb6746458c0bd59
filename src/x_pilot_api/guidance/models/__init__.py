"""Tables of guidance and consultation."""

from x_pilot_api.guidance.models.consultations import (
    Consultation,
    ConsultationParty,
    ConsultationState,
    FollowUp,
    FollowUpState,
    MinuteEntry,
)
from x_pilot_api.guidance.models.outreach import (
    AdministratorTraining,
    AdministratorTrainingPerson,
    GuidanceReminder,
    PolicyPublicity,
    PublicityChannel,
    ReminderKind,
    ReminderStage,
)
from x_pilot_api.guidance.models.parties import (
    Correspondence,
    DemandGroup,
    DemandState,
    LetterDirection,
    Medium,
    OutsideParty,
    PartyKind,
    TrainingDemand,
)
from x_pilot_api.guidance.models.problems import (
    PilotProblem,
    PilotProblemStep,
    ProblemAbout,
    ProblemSeverity,
    ProblemState,
)
from x_pilot_api.guidance.models.surveys import QuestionKind, Survey, SurveyResponse, SurveyState

__all__ = [
    "AdministratorTraining",
    "AdministratorTrainingPerson",
    "Consultation",
    "ConsultationParty",
    "ConsultationState",
    "Correspondence",
    "DemandGroup",
    "DemandState",
    "FollowUp",
    "FollowUpState",
    "GuidanceReminder",
    "LetterDirection",
    "Medium",
    "MinuteEntry",
    "OutsideParty",
    "PartyKind",
    "PilotProblem",
    "PilotProblemStep",
    "PolicyPublicity",
    "ProblemAbout",
    "ProblemSeverity",
    "ProblemState",
    "PublicityChannel",
    "QuestionKind",
    "ReminderKind",
    "ReminderStage",
    "Survey",
    "SurveyResponse",
    "SurveyState",
    "TrainingDemand",
]
