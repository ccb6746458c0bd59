"""The bodies of registrations."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import (
    CohortRegistrationIn,
    RefusedRegistrationsIn,
    RegistrationIdsIn,
    RegistrationWithdrawalIn,
    SocialCandidateIn,
    SocialCandidatesIn,
)

PLACES = (
    Place("register_cohort", "registrar", CohortRegistrationIn, "registrations"),
    Place("register_social_candidates", "registrar", SocialCandidatesIn, "registrations"),
    Place("register_social_candidates", "registrar", SocialCandidateIn, "candidates", within=("candidates",)),
    Place("accept_registrations", "registrar", RegistrationIdsIn, "registrations"),
    Place("refuse_registrations", "registrar", RefusedRegistrationsIn, "registrations"),
    Place("withdraw_registration", "registrar", RegistrationWithdrawalIn, "registrations"),
)
