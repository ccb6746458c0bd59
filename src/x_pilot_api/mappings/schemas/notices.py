"""What public notices of rules and objections look like outside."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Paragraph
from x_pilot_api.mappings.models import ObjectionState


class NoticeIn(BaseModel):
    """From when to when a rule is shown for objections."""

    model_config = ConfigDict(extra="forbid")

    starts_on: Day
    ends_on: Day = Field(description="The last day, included; the day after it the rule can be published")

    @model_validator(mode="after")
    def end_after_the_beginning(self) -> Self:
        """Refuse a notice that ends before it has been seen."""
        if self.ends_on <= self.starts_on:
            raise ValueError("ends_on must be after starts_on")
        return self


class ObjectionIn(BaseModel):
    """What somebody has against a rule on notice."""

    model_config = ConfigDict(extra="forbid")

    text: Paragraph


class AnswerIn(BaseModel):
    """The office's answer to an objection."""

    model_config = ConfigDict(extra="forbid")

    answer: Paragraph
    is_upheld: bool = Field(description="True: the rule is not published as it is")


class NoticeOut(BaseModel):
    """One showing of a rule for objections."""

    id: UUID
    mapping_id: UUID
    starts_on: date
    ends_on: date = Field(description="The last day, included")
    is_on_show: bool
    objections: int
    objections_open: int


class ObjectionOut(BaseModel):
    """One objection and its answer; who raised it is shown to the office and to themselves."""

    id: UUID
    notice_id: UUID
    raised_by: UUID | None = Field(description="Null for whoever is neither the office nor the person")
    raised_at: datetime
    text: str
    state: ObjectionState
    answer: str | None
    answered_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["uphold", "dismiss"]])
