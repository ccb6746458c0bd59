"""The bodies of teacher training."""

from tests.authz.places.place import Place
from x_pilot_api.training.schemas import (
    EnrolmentIn,
    OutsideDecisionIn,
    OutsideRefusalIn,
    OutsideTrainingIn,
    TeacherCertificateIn,
    TrainingCyclesIn,
    TrainingPlacesIn,
    TrainingProjectIn,
    TrainingReasonIn,
    TrainingRequirementIn,
    TrainingResultIn,
    TrainingResultsIn,
    TrainingSurveyIn,
)

PLACES = (
    Place("load_training_requirement", "registrar", TrainingRequirementIn, "training_requirements"),
    Place("open_training_cycles", "coordinator", TrainingCyclesIn, "training_cycles"),
    Place("draft_training_project", "registrar", TrainingProjectIn, "training_projects"),
    Place("change_training_project", "registrar", TrainingProjectIn, "training_projects"),
    Place("change_training_places", "registrar", TrainingPlacesIn, "training_projects"),
    Place("cancel_training_project", "registrar", TrainingReasonIn, "training_projects"),
    Place("enrol_teachers", "coordinator", EnrolmentIn, "training_enrolments"),
    Place("withdraw_training_enrolment", "coordinator", TrainingReasonIn, "training_enrolments"),
    Place("record_training_results", "registrar", TrainingResultsIn, "training_enrolments"),
    Place("record_training_results", "registrar", TrainingResultIn, "training_enrolments", within=("rows",)),
    Place("reopen_training_enrolment", "registrar", TrainingReasonIn, "training_enrolments"),
    Place("answer_training_survey", "teacher", TrainingSurveyIn, "training_survey_answers"),
    Place("reverse_training_completion", "registrar", TrainingReasonIn, "training_completions"),
    Place("record_outside_training", "coordinator", OutsideTrainingIn, "outside_trainings"),
    Place("confirm_outside_training", "registrar", OutsideDecisionIn, "outside_trainings"),
    Place("refuse_outside_training", "registrar", OutsideRefusalIn, "outside_trainings"),
    Place("record_teacher_certificate", "coordinator", TeacherCertificateIn, "teacher_certificates"),
)
