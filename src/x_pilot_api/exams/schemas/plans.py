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

from x_pilot_api.core.texts import Line, clean

# Further away some instants have no date in another time zone.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)

PlanCode = Annotated[str, StringConstraints(min_length=1, max_length=48, strict=True), AfterValidator(clean)]
"""Shorter than other codes: an admission number is the plan's code with a serial number, and must be a code itself."""


class ExamPlanIn(BaseModel):
    """A plan to announce: one organisation, one institution."""

    model_config = ConfigDict(extra="forbid")

    institution_id: UUID | None = Field(default=None, description="Named by an organisation's staff; else one's own")
    code: PlanCode
    name: Line
    certificate_level_ids: list[UUID] = Field(min_length=1, max_length=10)
    registration_opens_on: date
    registration_closes_on: date
    exam_on: date
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
        if self.objections_until is not None:
            if self.objections_until.tzinfo is None:
                raise ValueError("objections_until needs an offset, such as +08:00")
            if not self.exam_on <= self.objections_until.date() <= _LAST_DAY:
                raise ValueError("objections are raised after the exam")
        return self


class PlanLevelOut(BaseModel):
    """One level examined in a plan, with the components a result must hold."""

    certificate_level_id: UUID
    certificate_name: str
    level: str
    scheme_id: UUID
    components: list[str] = Field(examples=[["theory", "practical"]])


class ExamPlanOut(BaseModel):
    """One exam plan; its state follows from its dates."""

    id: UUID
    institution_id: UUID
    institution_name: str
    organisation_id: UUID
    code: str
    name: str
    state: str = Field(examples=["registration_open"])
    registration_opens_on: date
    registration_closes_on: date
    exam_on: date
    objections_until: datetime | None
    levels: list[PlanLevelOut]
