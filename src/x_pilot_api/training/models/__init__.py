"""Tables of teacher training."""

from x_pilot_api.training.models.completions import (
    OutsideState,
    OutsideTraining,
    TeacherCertificate,
    TrainingCompletion,
    TrainingReversal,
)
from x_pilot_api.training.models.cycles import CYCLE_YEARS, HOURS_MAX, TrainingCycle, TrainingRequirement
from x_pilot_api.training.models.projects import (
    PLACES_MAX,
    RATING_MAX,
    RATINGS,
    EnrolmentState,
    TrainingEnrolment,
    TrainingMode,
    TrainingOrigin,
    TrainingProject,
    TrainingProjectState,
    TrainingResult,
    TrainingSurveyAnswer,
)

__all__ = [
    "CYCLE_YEARS",
    "HOURS_MAX",
    "PLACES_MAX",
    "RATINGS",
    "RATING_MAX",
    "EnrolmentState",
    "OutsideState",
    "OutsideTraining",
    "TeacherCertificate",
    "TrainingCompletion",
    "TrainingCycle",
    "TrainingEnrolment",
    "TrainingMode",
    "TrainingOrigin",
    "TrainingProject",
    "TrainingProjectState",
    "TrainingRequirement",
    "TrainingResult",
    "TrainingReversal",
    "TrainingSurveyAnswer",
]
