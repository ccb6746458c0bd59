"""The bodies of exams."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import (
    ExamPlanIn,
    ExamPlanTerms,
    ExtensionIn,
    PlanCancellationIn,
    RegistrationsIn,
    RegistrationWish,
    SittingCancellationIn,
    SittingChange,
    SittingExaminerIn,
    SittingIn,
    SittingRoomIn,
)

PLACES = (
    Place("announce_exam_plan", "registrar", ExamPlanIn, "exam_plans"),
    Place("change_exam_plan", "registrar", ExamPlanTerms, "exam_plans"),
    Place("extend_exam_plan", "registrar", ExtensionIn, "exam_plans"),
    Place("cancel_exam_plan", "registrar", PlanCancellationIn, "exam_plans"),
    Place("arrange_exam_sitting", "registrar", SittingIn, "exam_sittings"),
    Place("arrange_exam_sitting", "registrar", SittingRoomIn, "rooms", within=("rooms",)),
    Place("arrange_exam_sitting", "registrar", SittingExaminerIn, "exam_sittings", within=("examiners",)),
    Place("change_exam_sitting", "registrar", SittingChange, "exam_sittings"),
    Place("change_exam_sitting", "registrar", SittingRoomIn, "rooms", within=("rooms",)),
    Place("change_exam_sitting", "registrar", SittingExaminerIn, "exam_sittings", within=("examiners",)),
    Place("cancel_exam_sitting", "registrar", SittingCancellationIn, "exam_sittings"),
    Place("register_students", "registrar", RegistrationsIn, "registrations"),
    Place("register_students", "registrar", RegistrationWish, "registrations", within=("registrations",)),
)
