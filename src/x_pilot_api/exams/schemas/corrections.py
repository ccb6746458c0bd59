"""What is asked and told of corrections."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.exams.models import CaseKind, CaseState, StepKind


class CorrectionIn(BaseModel):
    """A correction by hand: a certificate is to be revoked, or issued to a registered candidate."""

    model_config = ConfigDict(extra="forbid")

    award_id: UUID | None = Field(default=None, description="The certificate that is to be revoked")
    exam_plan_id: UUID | None = Field(default=None, description="The exam for which one is to be issued")
    admission_number: Code | None = Field(default=None, description="Of the candidate whom it is to be issued to")
    certificate_number: Code | None = Field(default=None, description="The organisation's own; else the pattern's")
    reason: Paragraph
    evidence: Line = Field(description="The document it rests on")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        """Refuse what neither revokes nor issues, or would do both."""
        issues = self.exam_plan_id is not None and self.admission_number is not None
        if (self.award_id is not None) == issues:
            raise ValueError("name award_id to revoke, or exam_plan_id and admission_number to issue")
        if not issues and (self.exam_plan_id or self.admission_number or self.certificate_number):
            raise ValueError("exam_plan_id, admission_number and certificate_number belong to an issue")
        return self


class CorrectionConfirmationIn(BaseModel):
    """The preview that was looked at."""

    model_config = ConfigDict(extra="forbid")

    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$", strict=True)] = Field(
        description="The preview's digest: what is confirmed is what was previewed, or nothing"
    )


class CorrectionRefusalIn(BaseModel):
    """Why a correction is refused."""

    model_config = ConfigDict(extra="forbid")

    reason: Paragraph


class CorrectionStepOut(BaseModel):
    """One step of a case."""

    number: int
    kind: StepKind
    object_kind: str = Field(examples=["award"])
    object_id: UUID | None = Field(description="Null in a preview: what is made has no id yet")
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    recorded_at: datetime | None


class CorrectionOut(BaseModel):
    """One case of correction."""

    id: UUID | None = Field(description="Null when only validated")
    institution_id: UUID
    number: str | None = Field(examples=["C-2026-000123"])
    kind: CaseKind
    state: CaseState
    organisation_id: UUID
    student_id: UUID | None
    award_id: UUID | None
    result_id: UUID | None
    batch_id: UUID | None
    reason: str | None
    evidence: str | None
    opened_at: datetime
    proposed_by: UUID | None = Field(description="Null where a result pushed by the organisation opened it")
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    digest: str | None = Field(description="Of the preview; to be sent with the confirmation")
    allowed_deeds: list[str] = Field(examples=[["confirm", "refuse"]])


class CorrectionWholeOut(BaseModel):
    """One case with its timeline; of one that waits, with what it would set off."""

    correction: CorrectionOut
    steps: list[CorrectionStepOut]
    is_preview: bool = Field(description="The steps are what confirming would set off")
