"""What is asked and told of outcomes from courses and training, and of the policy that recognises them."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import BothOut, Code, Line, Paragraph
from x_pilot_api.credits.models import EvidenceKind, OnLoss, SubmissionState

OUTCOMES_MAX = 10_000
LINES_MAX = 500

_ID = "0198c0de-0000-7000-8000-000000000005"

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", strict=True)]
Kind = Annotated[Code, Field(examples=["training"], description="As the recognition policy names it")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OutcomeDocumentIn(_Body):
    """The document an outcome rests on; the file itself stays with whoever submits it."""

    number: Line = Field(examples=["培字〔2026〕118号"])
    issuer: Line = Field(examples=["省财经职业教育培训中心"])
    issued_on: date
    digest: Digest = Field(description="SHA-256 of the file, 64 lower-case hexadecimal digits", examples=["0" * 64])
    hours: int | None = Field(default=None, ge=1, le=10_000)


class OutcomeIn(_Body):
    """One outcome to submit: of whom, of which kind, on which evidence, and why."""

    student_id: UUID
    kind: Kind
    grade_id: UUID | None = Field(default=None, description="The latest revision of a passed grade of the register")
    document: OutcomeDocumentIn | None = None
    reason: Paragraph

    @model_validator(mode="after")
    def rest_on_one(self) -> Self:
        """Ask for one of the two kinds of evidence."""
        if (self.grade_id is None) == (self.document is None):
            raise ValueError("name either a grade_id or a document")
        return self


class OutcomesIn(_Body):
    """Outcomes to submit: all of them or none."""

    outcomes: list[OutcomeIn] = Field(min_length=1, max_length=OUTCOMES_MAX)


class OutcomesSubmittedOut(BaseModel):
    """What was submitted."""

    submitted: int
    outcome_ids: list[UUID] = Field(description="In the order of the outcomes")


class OutcomeIdsIn(_Body):
    """Outcomes to take one step on: all of them or none."""

    outcome_ids: list[UUID] = Field(min_length=1, max_length=OUTCOMES_MAX)


class OutcomeEndIn(OutcomeIdsIn):
    """Outcomes to refuse or withdraw, and why."""

    reason: Paragraph
    document_number: Line | None = None


class OutcomeChoiceIn(_Body):
    """One outcome to recognise."""

    outcome_id: UUID
    credit: HundredthsIn | None = Field(default=None, description="At most the policy's; null: as the policy gives")


class RecognitionIn(_Body):
    """Outcomes to recognise by one decision: all of them or none."""

    outcomes: list[OutcomeChoiceIn] = Field(min_length=1, max_length=OUTCOMES_MAX)
    reason: Paragraph
    document_number: Line = Field(examples=["教认〔2026〕12号"])


class OutcomeSettlementIn(OutcomeIdsIn):
    """Recognised outcomes to keep though they are flagged, or to take back, by which document."""

    is_kept: bool = Field(strict=True, description="True: a flag is lifted; false: the credits are taken back")
    reason: Paragraph
    document_number: Line = Field(examples=["教〔2026〕9号"])


class OutcomesDecidedOut(BaseModel):
    """What a list of decisions did."""

    decided: int
    credit: HundredthsOut = Field(description="Credits that were posted or taken back by it")


class SubmissionDecisionOut(BaseModel):
    """One deed on an outcome."""

    deed: str = Field(examples=["verify"])
    state: SubmissionState = Field(description="What it led to")
    decided_at: datetime
    document_number: str | None
    reason: str | None


class SubmissionOut(BaseModel):
    """One outcome beside certificates: what it rests on, how far it is, what it brought."""

    id: UUID
    student_id: UUID
    student_number: str
    student_name: str
    kind: str
    evidence: EvidenceKind
    grade_id: UUID | None
    course_id: UUID | None
    course_code: str | None
    course_name: str | None
    document_number: str | None
    issuer: str | None
    issued_on: date | None
    document_digest: str | None
    hours: int | None
    reason: str
    state: SubmissionState
    credit: HundredthsOut = Field(description="What was recognised; 0 before")
    expired: HundredthsOut = Field(description="What of it has run out by policy")
    expires_on: date | None = Field(description="The day the student was told; null: none was told")
    policy_version: int | None
    line_number: int | None
    entry_id: UUID | None
    submitted_at: datetime
    recognised_on: date | None
    ended_at: datetime | None
    end_reason: str | None
    flagged_at: datetime | None = Field(description="The grade it rests on was revised then; it waits for the office")
    flag_reason: str | None
    decisions: list[SubmissionDecisionOut] = Field(description="In their order")
    allowed_deeds: list[str]


class OutcomeStepOut(BaseModel):
    """One line of an explanation."""

    says: BothOut
    credit: HundredthsOut | None


class OutcomeExplanationOut(BaseModel):
    """Why an outcome brought the credits it brought, or what it waits for."""

    outcome_id: UUID
    state: SubmissionState
    credit: HundredthsOut
    steps: list[OutcomeStepOut]
    next_step: BothOut
    text: BothOut


class RecognitionLineIn(_Body):
    """One line of a recognition policy; a condition that is not said holds for everything."""

    kind: Kind
    evidence: EvidenceKind
    credit: HundredthsIn = Field(gt=0)
    course_id: UUID | None = Field(default=None, description="Only this course; for grades", examples=[_ID])
    least_grade: Code | None = Field(default=None, description="A score or a word; for grades", examples=["80"])
    issuer: Line | None = Field(default=None, description="Only documents of this issuer")
    least_hours: int | None = Field(default=None, ge=1, le=10_000, description="For documents")

    @model_validator(mode="after")
    def fit_the_evidence(self) -> Self:
        """Refuse a condition that the evidence cannot meet."""
        of_documents = self.issuer is not None or self.least_hours is not None
        of_grades = self.course_id is not None or self.least_grade is not None
        if of_documents if self.evidence is EvidenceKind.GRADE else of_grades:
            raise ValueError("course_id and least_grade are about grades, issuer and least_hours about documents")
        return self


class RecognitionLimitIn(_Body):
    """The most one kind may bring a student, or all kinds together."""

    kind: Kind | None = Field(default=None, description="Null: all kinds together")
    credit: HundredthsIn


class RecognitionPolicyIn(_Body):
    """What is recognised from a day on, by which document."""

    lines: list[RecognitionLineIn] = Field(min_length=1, max_length=LINES_MAX)
    limits: list[RecognitionLimitIn] = Field(default_factory=list[RecognitionLimitIn], max_length=LINES_MAX)
    on_loss: OnLoss = Field(
        default=OnLoss.FLAG, description="What becomes of a recognised outcome whose grade is revised below its line"
    )
    document_number: Line = Field(examples=["苏财院教〔2026〕30号"])
    effective_from: date


class RecognitionLineOut(BaseModel):
    """One line of a recognition policy."""

    number: int
    kind: str
    evidence: EvidenceKind
    course_id: UUID | None
    least_grade: str | None
    issuer: str | None
    least_hours: int | None
    credit: HundredthsOut


class RecognitionLimitOut(BaseModel):
    """One limit of a recognition policy."""

    kind: str | None
    credit: HundredthsOut


class RecognitionPolicyOut(BaseModel):
    """One version of a recognition policy; it never changes, a later one follows it."""

    id: UUID
    version: int
    lines: list[RecognitionLineOut] = Field(description="The first line whose conditions hold counts")
    limits: list[RecognitionLimitOut]
    on_loss: OnLoss
    document_number: str
    effective_from: date
    loaded_by: UUID
    recorded_at: datetime
