"""What a route can be asked for in one college of one institution, and of one organisation."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Corner:
    """One object of each kind, all of one college of one institution and of one organisation."""

    relation: str
    institution_id: UUID
    college_id: UUID
    organisation_id: UUID
    certificate_id: UUID
    level_id: UUID
    spare_level_id: UUID
    programme_id: UUID
    course_id: UUID
    student_id: UUID
    spare_student_id: UUID
    account_id: UUID
    closed_account_id: UUID
    frozen_account_id: UUID
    registration_id: UUID
    message_id: UUID
    plan_id: UUID
    batch_id: UUID
    machine_client_id: UUID
    waiting_key_id: UUID
    admission_number: str
    document_number: str
    mappings: dict[str, UUID]
    notice_id: UUID
    objection_id: UUID
    limit_id: UUID
    simulation_id: UUID
    conversions: dict[str, UUID]
    standard_id: UUID
    fees: dict[str, UUID]
    ceiling_id: UUID
    endpoint_id: UUID
    delivery_id: UUID
    job_ids: dict[str, UUID]
    register: dict[str, UUID]
    spare_organisation_id: UUID
    fresh_certificate_id: UUID
    fresh_level_id: UUID
    expert_id: UUID
    reviews: dict[str, UUID]
    item_id: UUID
    feedback: dict[str, UUID]
    import_ids: dict[str, UUID]
    pilot: dict[str, UUID]
    posts: dict[str, UUID]
    halls: dict[str, UUID]
    registrations: dict[str, UUID]
    sites: dict[str, UUID]
    joint: dict[str, UUID]
    publications: dict[str, UUID]
    tills: dict[str, UUID]
    results: dict[str, str]
    settling: dict[str, UUID]
    reports: dict[str, UUID]
    training: dict[str, UUID]
    qualifications: dict[str, UUID]
    social: dict[str, UUID]
    supervision: dict[str, UUID]
    award_id: UUID
    spare_award_id: UUID
    suspended_award_id: UUID
    reissue_id: UUID
    share_id: UUID
    share_token: str
    case_id: UUID
    case_digest: str
    verification_code: str
    holder: str
    session_id: UUID
    person_id: UUID
    role_id: UUID
    shown: frozenset[str]
