"""What is asked and told of teachers' workload; hours come in tenths, workload in hundredths of an hour."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.social_training.models import DAY_TENTHS_MAX, RATIO_PART_MAX, WorkloadState

RECORDS_MAX = 500
_LEAST, _MOST = Fraction(1, 10), Fraction(10)


def _plausible(text: str) -> str:
    try:
        ratio = Fraction(text)
    except ZeroDivisionError:
        raise ValueError("must not be divided by zero") from None
    if not _LEAST <= ratio <= _MOST:
        raise ValueError("must be between 0.1 and 10")
    if max(ratio.numerator, ratio.denominator) > RATIO_PART_MAX:
        raise ValueError(f"must be a fraction whose parts are at most {RATIO_PART_MAX}")
    return text


Ratio = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,5}(\.[0-9]{1,4}|/[0-9]{1,5})?$", strict=True),
    AfterValidator(_plausible),
    Field(examples=["1.2"], description="Workload hours an hour comes to: a decimal such as 1.2, or a fraction, 2/3"),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WorkloadRecordChange(_Body):
    """What a teacher did for a class on a day."""

    worked_on: Day
    hours_tenths: Annotated[int, Field(strict=True, ge=1, le=DAY_TENTHS_MAX, examples=[35])] = Field(
        description="Tenths of an hour: 35 is three and a half hours"
    )
    what: Line = Field(examples=["实操授课：发票验真与入账"])


class WorkloadRecordIn(WorkloadRecordChange):
    """Work a teacher logs for a class they teach."""

    social_class_id: UUID


class WorkloadReasonIn(_Body):
    """Why a record is refused or reversed."""

    reason: Paragraph


class WorkloadVerificationIn(_Body):
    """Records to verify together, each by the ratio of its day; all are posted or none."""

    record_ids: list[UUID] = Field(min_length=1, max_length=RECORDS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.record_ids)) < len(self.record_ids):
            raise ValueError("record_ids must name no record twice")
        return self


class WorkloadVerifiedOut(BaseModel):
    """What was verified, and what it came to."""

    verified: int
    hours_tenths: int = Field(description="Logged, in tenths of an hour")
    workload: HundredthsOut = Field(description="Posted, in workload hours; each record is rounded once, a half up")


class WorkloadRecordOut(BaseModel):
    """One record of work, and what it came to once it was verified."""

    id: UUID
    social_class_id: UUID
    class_title: str
    college_id: UUID
    college_name: str
    teacher_id: UUID
    teacher_name: str
    staff_number: str
    worked_on: date
    hours_tenths: int = Field(description="Tenths of an hour")
    what: str
    state: WorkloadState
    reason: str | None = Field(description="Of the last refusal")
    ratio: str | None = Field(examples=["1.2"], description="What it was converted by; null until it was verified")
    workload: HundredthsOut | None = Field(description="In workload hours; null until it was verified")
    verified_at: datetime | None
    reversal_reason: str | None
    reversed_at: datetime | None
    has_ratio: bool = Field(description="Whether a ratio is in force on the day of the work")
    allowed_deeds: list[str]


class WorkloadRatioIn(_Body):
    """A ratio of social training to teaching workload, by its document (N(18)); the service has none of its own.

    The one without a last day ends the day before this one begins.
    """

    ratio: Ratio
    document_number: Code = Field(examples=["苏财院教〔2026〕8号"])
    effective_from: Day
    effective_to: Day | None = Field(default=None, description="The last day; null until another follows")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("effective_to must not be before effective_from")
        return self


class WorkloadRatioOut(BaseModel):
    """One ratio and its days."""

    id: UUID
    ratio: str = Field(examples=["1.2"])
    numerator: int
    denominator: int
    document_number: str
    effective_from: date
    effective_to: date | None
    is_in_force: bool = Field(description="Today")


class WorkloadLineOut(BaseModel):
    """One movement on a teacher's account: hours that were verified, or their reversal."""

    seq: int = Field(description="Counts the account's movements from 1, over all years")
    recorded_at: datetime
    kind: str = Field(examples=["workload"], description="`workload`, or `reverse_workload`")
    record_id: UUID
    worked_on: date
    class_title: str
    what: str
    hours_tenths: int
    ratio: str
    document_number: str = Field(description="Of the ratio")
    change: HundredthsOut = Field(description="Workload hours; negative where it is reversed")
    balance: HundredthsOut = Field(description="Of the year's work, after this movement")
    reason: str | None = Field(description="Of the reversal")


class WorkloadStatementOut(BaseModel):
    """A teacher's workload of an academic year, by the days of the work, as the book has it."""

    teacher_id: UUID
    teacher_name: str
    staff_number: str
    academic_year: str
    hours_tenths: int = Field(description="Verified and not reversed, in tenths of an hour")
    workload: HundredthsOut = Field(description="What the year comes to, in workload hours")
    account_workload: HundredthsOut = Field(description="What the teacher's account holds over all years")
    lines: list[WorkloadLineOut]
