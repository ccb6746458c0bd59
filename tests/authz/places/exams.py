"""The bodies of exams."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import (
    ExamPlanIn,
    ObjectionReviewIn,
    ObjectionToResultIn,
    ProposalIn,
    RegistrationsIn,
    RegistrationWish,
    VerdictIn,
    VisibilityIn,
)

PLACES = (
    Place("announce_exam_plan", "registrar", ExamPlanIn, "exam_plans"),
    Place("register_students", "registrar", RegistrationsIn, "registrations"),
    Place("register_students", "registrar", RegistrationWish, "registrations", within=("registrations",)),
    Place("set_result_visibility", "registrar", VisibilityIn, "result_visibilities"),
    Place("propose_result_review", "registrar", ProposalIn, "result_reviews"),
    Place("confirm_result_review", "registrar", VerdictIn, "result_reviews"),
    Place("decline_result_review", "registrar", VerdictIn, "result_reviews"),
    Place("confirm_result_upload", "org_staff", VerdictIn, "result_uploads"),
    Place("refuse_result_upload", "org_staff", VerdictIn, "result_uploads"),
    Place("raise_result_objection", "registrar", ObjectionToResultIn, "result_objections"),
    Place("review_result_objection", "org_staff", ObjectionReviewIn, "result_objections"),
)
