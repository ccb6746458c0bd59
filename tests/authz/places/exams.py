"""The bodies of exams."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import ExamPlanIn, RegistrationsIn, RegistrationWish

PLACES = (
    Place("announce_exam_plan", "registrar", ExamPlanIn, "exam_plans"),
    Place("register_students", "registrar", RegistrationsIn, "registrations"),
    Place("register_students", "registrar", RegistrationWish, "registrations", within=("registrations",)),
)
