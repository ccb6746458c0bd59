"""What is asked and told of quarantined and uploaded results."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Paragraph
from x_pilot_api.exams.models import Decision, ResultReviewState, UploadState
from x_pilot_api.exams.schemas.results import DownstreamOut, RowOutcomeOut


class ProposalIn(BaseModel):
    """What somebody proposes about a quarantined result."""

    model_config = ConfigDict(extra="forbid")

    decision: Decision
    reason: Paragraph


class VerdictIn(BaseModel):
    """A second person's reason."""

    model_config = ConfigDict(extra="forbid")

    reason: Paragraph


class ResultReviewOut(BaseModel):
    """One proposal about a quarantined result, and what a second person made of it."""

    id: UUID
    result_id: UUID
    decision: Decision
    reason: str
    state: ResultReviewState
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decided_reason: str | None
    batch_id: UUID | None = Field(description="The batch under which the released result took effect")
    allowed_deeds: list[str]


class QuarantinedResultOut(BaseModel):
    """One quarantined result: the organisation's figures beside ours."""

    id: UUID
    exam_plan_id: UUID
    org_result_id: str
    revision: int
    admission_number: str
    name: str
    masked_document_number: str
    activity: str
    grading: str
    components: dict[str, HundredthsOut]
    code: str
    detail: str | None = Field(description="What differs, in words, with both figures")
    their_total: HundredthsOut | None
    our_total: HundredthsOut | None
    their_passed: bool | None
    our_passed: bool | None
    recorded_at: datetime
    review: ResultReviewOut | None = Field(description="The latest proposal about it")
    allowed_deeds: list[str]


class UploadPreviewOut(BaseModel):
    """What an upload would become, and what it would set off."""

    accepted: int
    unchanged: int
    corrected: int
    quarantined: int
    rejected: int
    codes: dict[str, int]
    downstream: DownstreamOut
    refusals: list[RowOutcomeOut] = Field(description="The first rows that would be rejected or quarantined")


class ResultUploadOut(BaseModel):
    """One uploaded file of results; it becomes a batch when another person confirms it."""

    id: UUID
    exam_plan_id: UUID
    file_kind: str
    is_atomic: bool
    reason: str
    rows: int
    preview: UploadPreviewOut | None = Field(description="Null for a file that a job will take in")
    state: UploadState
    uploaded_by: UUID
    uploaded_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decided_reason: str | None
    batch_id: UUID | None
    job_id: UUID | None = Field(description="The job that takes a large file in")
    allowed_deeds: list[str]
