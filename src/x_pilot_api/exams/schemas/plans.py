"""What is asked and told of exam plans."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from x_pilot_api.core.texts import Line, Paragraph, clean
from x_pilot_api.exams.models import PlanState, out_of_order

# Further away some instants have no date in another time zone.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)

PlanDay = Annotated[date, Field(ge=_FIRST_DAY, le=_LAST_DAY)]
PlanCode = Annotated[str, StringConstraints(min_length=1, max_length=48, strict=True), AfterValidator(clean)]
"""Shorter than other codes: an admission number is the plan's code with a serial number, and must be a code itself."""


def check_instant(instant: datetime) -> None:
    """Refuse an instant of which nobody knows when it is, or which has no day in another time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset, such as +08:00")
    if not _FIRST_DAY <= instant.date() <= _LAST_DAY:
        raise ValueError(f"the dates of a plan lie between {_FIRST_DAY} and {_LAST_DAY}")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExamPlanTerms(_Body):
    """What a plan says, which nobody changes once it is published, but for days that are put off."""

    code: PlanCode
    name: Line
    certificate_level_ids: list[UUID] = Field(min_length=1, max_length=10)
    registration_opens_on: date
    registration_closes_on: date
    candidates_locked_on: date | None = Field(default=None, description="Null: by the day of the exam")
    seats_arranged_on: date | None = Field(default=None, description="Null: by the day of the exam")
    tickets_on: date | None = Field(default=None, description="Null: by the day of the exam")
    exam_on: date
    results_due_on: date | None = Field(default=None, description="Null: no day was agreed on")
    objections_until: datetime | None = Field(
        default=None, description="Until then credits of passed results stay pending; null posts them at once"
    )

    @model_validator(mode="after")
    def keep_dates_in_order(self) -> Self:
        """Refuse a plan that closes before it opens."""
        if not self.registration_opens_on <= self.registration_closes_on <= self.exam_on:
            raise ValueError("registration opens, closes, and then comes the exam")
        if not _FIRST_DAY <= self.registration_opens_on <= self.exam_on <= _LAST_DAY:
            raise ValueError(f"the dates of a plan lie between {_FIRST_DAY} and {_LAST_DAY}")
        found = out_of_order(self.model_dump())
        if found is not None:
            raise ValueError(f"{found[0]} comes not after {found[1]}")
        if self.results_due_on is not None and self.results_due_on > _LAST_DAY:
            raise ValueError(f"the dates of a plan lie between {_FIRST_DAY} and {_LAST_DAY}")
        if self.objections_until is not None:
            check_instant(self.objections_until)
            if self.objections_until.date() < self.exam_on:
                raise ValueError("objections are raised after the exam")
        return self


class ExamPlanIn(ExamPlanTerms):
    """A plan to announce: one organisation, one institution."""

    institution_id: UUID | None = Field(default=None, description="Named by an organisation's staff; else one's own")
    draft: bool = Field(default=False, description="True: it is published later, and until then may be changed")


class ExtensionIn(_Body):
    """Days of a published plan that are put off, and why; what is left out stays."""

    registration_closes_on: PlanDay | None = None
    candidates_locked_on: PlanDay | None = None
    seats_arranged_on: PlanDay | None = None
    tickets_on: PlanDay | None = None
    results_due_on: PlanDay | None = None
    objections_until: datetime | None = Field(default=None, description="Only while there is no result")
    reason: Paragraph

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_dump(exclude={"reason"}, exclude_none=True):
            raise ValueError("name at least one day")
        if self.objections_until is not None:
            check_instant(self.objections_until)
        return self


class PlanCancellationIn(_Body):
    """Why a plan will not be held."""

    reason: Paragraph


class PlanLevelOut(BaseModel):
    """One level examined in a plan, with the components a result must hold."""

    certificate_level_id: UUID
    certificate_name: str
    level: str
    scheme_id: UUID
    components: list[str] = Field(examples=[["theory", "practical"]])


class ExamPlanOut(BaseModel):
    """One exam plan; its state follows from its days and from what is there."""

    id: UUID
    institution_id: UUID
    institution_name: str
    organisation_id: UUID
    code: str
    name: str
    state: PlanState = Field(examples=["registration_open"])
    national_code: str | None = Field(
        examples=["4"], description="4 results being entered, 5 public notice, 6 ended; null before"
    )
    registration_opens_on: date
    registration_closes_on: date
    candidates_locked_on: date | None
    seats_arranged_on: date | None
    tickets_on: date | None
    exam_on: date
    results_due_on: date | None
    objections_until: datetime | None
    published_at: datetime | None = Field(description="Null while it is a draft")
    cancelled_at: datetime | None
    cancellation_reason: str | None
    candidates: int = Field(description="Registrations that expect a result")
    results: int = Field(description="Candidates who have one in effect")
    levels: list[PlanLevelOut]
    allowed_deeds: list[str] = Field(examples=[["extend", "cancel"]], description="What the caller may do next")
