"""The bodies of exams."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import (
    CohortIn,
    ExamPlanIn,
    RefusedRegistrationsIn,
    RegistrationIdsIn,
    RegistrationsIn,
    RegistrationWish,
    SocialCandidateIn,
    SocialCandidatesIn,
    WithdrawalIn,
)

PLACES = (
    Place("announce_exam_plan", "registrar", ExamPlanIn, "exam_plans"),
    Place("register_students", "registrar", RegistrationsIn, "registrations"),
    Place("register_students", "registrar", RegistrationWish, "registrations", within=("registrations",)),
    Place("register_cohort", "registrar", CohortIn, "registrations"),
    Place("register_social_candidates", "registrar", SocialCandidatesIn, "registrations"),
    Place("register_social_candidates", "registrar", SocialCandidateIn, "candidates", within=("candidates",)),
    Place("accept_registrations", "registrar", RegistrationIdsIn, "registrations"),
    Place("refuse_registrations", "registrar", RefusedRegistrationsIn, "registrations"),
    Place("withdraw_registration", "registrar", WithdrawalIn, "registrations"),
)
"""Where a body's model stands."""
