"""Refusals about teacher training."""

from x_pilot_api.training.errors.completions import (
    OutsideTrainingExists,
    OutsideTrainingOwn,
    TeacherCertificateExists,
    TrainingInFuture,
    TrainingRequirementMissing,
)
from x_pilot_api.training.errors.projects import (
    EnrolmentEnded,
    TeachersEnrolled,
    TrainingBegun,
    TrainingHasResults,
    TrainingHoursExceeded,
    TrainingNotYet,
    TrainingOrganisationUnfit,
    TrainingPlacesTaken,
    TrainingResultsMissing,
    TrainingSurveyAnswered,
    TrainingSurveyNotYours,
)

__all__ = [
    "EnrolmentEnded",
    "OutsideTrainingExists",
    "OutsideTrainingOwn",
    "TeacherCertificateExists",
    "TeachersEnrolled",
    "TrainingBegun",
    "TrainingHasResults",
    "TrainingHoursExceeded",
    "TrainingInFuture",
    "TrainingNotYet",
    "TrainingOrganisationUnfit",
    "TrainingPlacesTaken",
    "TrainingRequirementMissing",
    "TrainingResultsMissing",
    "TrainingSurveyAnswered",
    "TrainingSurveyNotYours",
]
