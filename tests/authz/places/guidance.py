"""The bodies of guidance and consultation."""

from tests.authz.places.place import Place
from x_pilot_api.guidance.schemas.consultations import (
    ConsultationIn,
    FollowUpAssignmentIn,
    FollowUpCheckIn,
    FollowUpIn,
    FollowUpReopeningIn,
    FollowUpResultIn,
    MinuteAdditionIn,
)
from x_pilot_api.guidance.schemas.outreach import AdministratorTrainingIn, PolicyPublicityIn, TrainingPersonIn
from x_pilot_api.guidance.schemas.parties import CorrespondenceIn, DemandMetIn, OutsidePartyIn, TrainingDemandIn
from x_pilot_api.guidance.schemas.problems import (
    PilotProblemIn,
    ProblemAssignmentIn,
    ProblemConfirmationIn,
    ProblemReopeningIn,
    ProblemResolutionIn,
)
from x_pilot_api.guidance.schemas.surveys import SurveyIn, SurveyQuestionIn, SurveyResponseIn, SurveyResponsesIn

_TRAINED = "administrator_training_people"

PLACES = (
    Place("raise_pilot_problem", "coordinator", PilotProblemIn, "pilot_problems"),
    Place("assign_pilot_problem", "registrar", ProblemAssignmentIn, "pilot_problems"),
    Place("resolve_pilot_problem", "coordinator", ProblemResolutionIn, "pilot_problems"),
    Place("confirm_pilot_problem", "coordinator", ProblemConfirmationIn, "pilot_problems"),
    Place("reopen_pilot_problem", "coordinator", ProblemReopeningIn, "pilot_problems"),
    Place("record_policy_publicity", "coordinator", PolicyPublicityIn, "policy_publicities"),
    Place("correct_policy_publicity", "coordinator", PolicyPublicityIn, "policy_publicities"),
    Place("record_administrator_training", "coordinator", AdministratorTrainingIn, "administrator_trainings"),
    Place("record_administrator_training", "coordinator", TrainingPersonIn, _TRAINED, within=("people",)),
    Place("correct_administrator_training", "coordinator", AdministratorTrainingIn, "administrator_trainings"),
    Place("correct_administrator_training", "coordinator", TrainingPersonIn, _TRAINED, within=("people",)),
    Place("enter_outside_party", "coordinator", OutsidePartyIn, "outside_parties"),
    Place("change_outside_party", "coordinator", OutsidePartyIn, "outside_parties"),
    Place("record_correspondence", "coordinator", CorrespondenceIn, "correspondence"),
    Place("record_training_demand", "coordinator", TrainingDemandIn, "training_demands"),
    Place("meet_training_demand", "coordinator", DemandMetIn, "training_demands"),
    Place("record_consultation", "coordinator", ConsultationIn, "consultations"),
    Place("change_consultation", "coordinator", ConsultationIn, "consultations"),
    Place("add_to_consultation", "coordinator", MinuteAdditionIn, "minute_entries"),
    Place("set_follow_up", "coordinator", FollowUpIn, "follow_ups"),
    Place("reassign_follow_up", "coordinator", FollowUpAssignmentIn, "follow_ups"),
    Place("finish_follow_up", "coordinator", FollowUpResultIn, "follow_ups"),
    Place("check_follow_up", "registrar", FollowUpCheckIn, "follow_ups"),
    Place("reopen_follow_up", "registrar", FollowUpReopeningIn, "follow_ups"),
    Place("draft_survey", "coordinator", SurveyIn, "surveys"),
    Place("draft_survey", "coordinator", SurveyQuestionIn, "surveys", within=("questions",)),
    Place("change_survey", "coordinator", SurveyIn, "surveys"),
    Place("change_survey", "coordinator", SurveyQuestionIn, "surveys", within=("questions",)),
    Place("record_survey_responses", "coordinator", SurveyResponsesIn, "survey_responses"),
    Place("record_survey_responses", "coordinator", SurveyResponseIn, "survey_responses", within=("responses",)),
)
