"""What is asked and told of seed teachers, training consortia and qualifications."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.qualifications.models import (
    MemberKind,
    MemberRole,
    QualificationKind,
    QualificationState,
    SeedTeacherState,
)

CERTIFICATES_MAX = 500
REFERENCES_MAX = 20
TEACHERS_MAX = 100
LEVELS_MAX = 20
DAYS_MAX = 3_650

DocumentNumber = Annotated[Line, Field(examples=["苏财院教〔2026〕18号"], description="The document it rests on")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CertificateCategoryChange(_Body):
    """A category's name and all its certificates; one that was in another category moves here."""

    name: Line = Field(examples=["财务会计类"])
    certificate_ids: list[UUID] = Field(max_length=CERTIFICATES_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.certificate_ids)) < len(self.certificate_ids):
            raise ValueError("certificate_ids must name no certificate twice")
        return self


class CertificateCategoryIn(CertificateCategoryChange):
    """A category to sort certificates into (N(7))."""

    code: Code = Field(examples=["FIN"])


class CategorisedCertificateOut(BaseModel):
    """One certificate of a category."""

    certificate_id: UUID
    certificate_name: str


class CertificateCategoryOut(BaseModel):
    """One category of certificates, as the institution sorts them."""

    id: UUID
    code: str
    name: str
    certificates: list[CategorisedCertificateOut]


class _EvidenceIn(_Body):
    evidence: Paragraph = Field(description="What the teacher has done and can do")
    evidence_references: list[Line] = Field(
        default_factory=list[Line],
        max_length=REFERENCES_MAX,
        description="Numbers or ids of what shows it, such as certificates and finished trainings",
    )


class SeedNominationIn(_EvidenceIn):
    """A teacher to be a seed teacher (N(7))."""

    teacher_id: UUID
    certificate_category_id: UUID
    tier: Level = Field(description="Matches the levels of certificates; a higher tier includes the lower ones")


class SeedRenewalIn(_EvidenceIn):
    """What speaks for another term."""


class SeedCertificationIn(_Body):
    """The term a seed teacher is certified for."""

    document_number: DocumentNumber
    valid_from: Day
    valid_until: Day = Field(description="The last day of the term")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_until < self.valid_from:
            raise ValueError("valid_until must not be before valid_from")
        return self


class SeedReasonIn(_Body):
    """Why a seed teacher is not certified, or no longer."""

    reason: Paragraph


class SeedTeacherOut(BaseModel):
    """One nomination of a teacher as a seed teacher, and the term that came of it."""

    id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    certificate_category_id: UUID
    category_name: str
    tier: Level
    state: SeedTeacherState = Field(description="A term begins and lapses by the day")
    evidence: str
    evidence_references: list[str]
    renews_id: UUID | None = Field(description="The nomination whose term this one goes on")
    nominated_at: datetime
    decided_at: datetime | None
    document_number: str | None
    valid_from: date | None
    valid_until: date | None = Field(description="The last day of the term")
    reason: str | None
    revoked_on: date | None
    vouched: int = Field(description="How many qualifications rest on this seed teacher")
    allowed_deeds: list[str]


class NewMemberIn(_Body):
    """A member: a college of one's own, an evaluation organisation, or an outside partner by name."""

    college_id: UUID | None = None
    organisation_id: UUID | None = None
    partner_name: Line | None = None
    from_on: Day

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(each is not None for each in (self.college_id, self.organisation_id, self.partner_name)) != 1:
            raise ValueError("name one of college_id, organisation_id and partner_name")
        return self


class LeadHandoverIn(NewMemberIn):
    """The next lead; the one there is leads until the day before, and stays a member if that is wished."""

    stays_member: bool = Field(default=True, description="Whether who led before goes on as a member")


class FirstLeadIn(_Body):
    """The member that leads a consortium from its first day."""

    college_id: UUID | None = None
    organisation_id: UUID | None = None
    partner_name: Line | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(each is not None for each in (self.college_id, self.organisation_id, self.partner_name)) != 1:
            raise ValueError("name one of college_id, organisation_id and partner_name")
        return self


class TrainingConsortiumIn(_Body):
    """A consortium that trains teachers for a category of certificates (N(7))."""

    certificate_category_id: UUID
    name: Line = Field(examples=["财务会计类证书教师培训联合体"])
    purpose: Paragraph
    document_number: DocumentNumber
    from_on: Day
    lead: FirstLeadIn


class ConsortiumEndIn(_Body):
    """The last day of a membership or of a consortium, and why."""

    until_on: Day
    ending: Paragraph


class ConsortiumMemberOut(BaseModel):
    """One member of a consortium in one role for a time."""

    id: UUID
    kind: MemberKind
    role: MemberRole
    college_id: UUID | None
    organisation_id: UUID | None
    name: str
    from_on: date
    until_on: date | None = Field(description="The last day; null while no end is known")
    ending: str | None = Field(description="Why it ended; null where only the lead was handed over")
    is_present: bool = Field(description="Whether it is a member today")


class TrainingConsortiumOut(BaseModel):
    """One training consortium with everybody who is or was a member."""

    id: UUID
    certificate_category_id: UUID
    category_name: str
    name: str
    purpose: str
    document_number: str
    from_on: date
    until_on: date | None
    is_running: bool
    lead_name: str | None = Field(description="Who leads today")
    members: list[ConsortiumMemberOut]
    allowed_deeds: list[str]


class QualificationGrantIn(_Body):
    """Teachers and certificate levels: each teacher gets each level, all for one kind and the same days."""

    kind: QualificationKind
    teacher_ids: list[UUID] = Field(min_length=1, max_length=TEACHERS_MAX)
    certificate_level_ids: list[UUID] = Field(min_length=1, max_length=LEVELS_MAX)
    valid_from: Day
    valid_until: Day | None = Field(default=None, description="The last day; null while no end is known")
    document_number: DocumentNumber | None = Field(default=None, description="The evaluation organisation's document")
    seed_teacher_id: UUID | None = Field(
        default=None,
        description="A seed teacher whose term runs, of the certificates' category and of the level's tier or a higher",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError("valid_until must not be before valid_from")
        if (self.document_number is None) == (self.seed_teacher_id is None):
            raise ValueError("name either document_number or seed_teacher_id")
        for name in ("teacher_ids", "certificate_level_ids"):
            if len(set(getattr(self, name))) < len(getattr(self, name)):
                raise ValueError(f"{name} must name nobody and nothing twice")
        return self


class GrantRowOut(BaseModel):
    """What became of one teacher and one level."""

    teacher_id: UUID
    certificate_level_id: UUID
    qualification_id: UUID | None = Field(description="Null where it was not granted")
    code: str | None = Field(description="Why it was not granted", examples=["qualification_overlaps"])
    detail: str | None


class QualificationGrantOut(BaseModel):
    """What became of a list of teachers and levels."""

    granted: int
    refused: int
    rows: list[GrantRowOut]


class RevocationIn(_Body):
    """Why a qualification holds no longer."""

    reason: Paragraph


class TeacherQualificationOut(BaseModel):
    """What one teacher may do for one certificate level, and for the lower ones of the same certificate."""

    id: UUID
    institution_id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: Level
    kind: QualificationKind
    state: QualificationState
    valid_from: date
    valid_until: date | None = Field(description="The last day; null while no end is known")
    document_number: str | None
    seed_teacher_id: UUID | None
    seed_teacher_name: str | None
    granted_at: datetime
    revoked_on: date | None = Field(description="The first day on which it holds no longer")
    revocation_reason: str | None
    allowed_deeds: list[str]


class QualificationCoverageOut(BaseModel):
    """How many teachers of a college may teach and examine a level it has admitted, today."""

    college_id: UUID
    college_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: Level
    teach: int = Field(description="By a qualification for the level or a higher one of the certificate")
    examine: int
    teach_expiring: int = Field(description="Of `teach`, who may no longer when the days that were asked for are over")
    examine_expiring: int
    gaps: list[QualificationKind] = Field(description="What nobody may; the ratio to aim at is not known")
