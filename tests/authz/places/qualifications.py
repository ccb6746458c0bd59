"""The bodies of seed teachers, consortia and qualifications."""

from tests.authz.places.place import Place
from x_pilot_api.qualifications.schemas import (
    CertificateCategoryChange,
    CertificateCategoryIn,
    ConsortiumEndIn,
    FirstLeadIn,
    LeadHandoverIn,
    NewMemberIn,
    QualificationGrantIn,
    RevocationIn,
    SeedCertificationIn,
    SeedNominationIn,
    SeedReasonIn,
    SeedRenewalIn,
    TrainingConsortiumIn,
)

PLACES = (
    Place("create_certificate_category", "registrar", CertificateCategoryIn, "certificate_categories"),
    Place("change_certificate_category", "registrar", CertificateCategoryChange, "certificate_categories"),
    Place("nominate_seed_teacher", "coordinator", SeedNominationIn, "seed_teachers"),
    Place("renew_seed_teacher", "coordinator", SeedRenewalIn, "seed_teachers"),
    Place("certify_seed_teacher", "registrar", SeedCertificationIn, "seed_teachers"),
    Place("decline_seed_teacher", "registrar", SeedReasonIn, "seed_teachers"),
    Place("revoke_seed_teacher", "registrar", SeedReasonIn, "seed_teachers"),
    Place("found_training_consortium", "registrar", TrainingConsortiumIn, "training_consortia"),
    Place("found_training_consortium", "registrar", FirstLeadIn, "consortium_members", within=("lead",)),
    Place("add_consortium_member", "registrar", NewMemberIn, "consortium_members"),
    Place("end_consortium_member", "registrar", ConsortiumEndIn, "consortium_members"),
    Place("hand_over_consortium_lead", "registrar", LeadHandoverIn, "consortium_members"),
    Place("close_training_consortium", "registrar", ConsortiumEndIn, "training_consortia"),
    Place("grant_teacher_qualifications", "registrar", QualificationGrantIn, "teacher_qualifications"),
    Place("revoke_teacher_qualification", "registrar", RevocationIn, "teacher_qualifications"),
)
