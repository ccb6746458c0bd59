"""What is asked and told of sittings."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.exams.models import ExaminerDuty, SittingState
from x_pilot_api.exams.schemas.plans import check_instant

_SEATS_MAX = 2_000
_ROOMS_MAX = 100
_EXAMINERS_MAX = 200
_HOURS_MAX = 24

SeatsUsed = Annotated[int, Field(strict=True, ge=1, le=_SEATS_MAX, examples=[36])]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SittingRoomIn(_Body):
    """One room, and how many of its seats are used."""

    room_id: UUID
    seats: SeatsUsed


class SittingExaminerIn(_Body):
    """One examiner: a teacher of the register, or somebody named with their employer."""

    teacher_id: UUID | None = None
    name: Line | None = Field(default=None, repr=False)
    employer: Line | None = None
    duty: ExaminerDuty

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.teacher_id is None) == (self.name is None) or (self.name is None) != (self.employer is None):
            raise ValueError("name either teacher_id, or name and employer")
        return self


class SittingChange(_Body):
    """When and where a sitting is held, in which rooms and by whom; all of it is written anew."""

    site_id: UUID
    code: Code
    starts_at: datetime
    ends_at: datetime
    rooms: list[SittingRoomIn] = Field(min_length=1, max_length=_ROOMS_MAX)
    examiners: list[SittingExaminerIn] = Field(default=[], max_length=_EXAMINERS_MAX)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_instant(self.starts_at)
        check_instant(self.ends_at)
        if not self.starts_at < self.ends_at:
            raise ValueError("a sitting starts and then ends")
        if (self.ends_at - self.starts_at).total_seconds() > _HOURS_MAX * 3600:
            raise ValueError(f"a sitting takes at most {_HOURS_MAX} hours")
        if len({room.room_id for room in self.rooms}) != len(self.rooms):
            raise ValueError("a room is named once")
        return self


class SittingIn(SittingChange):
    """A sitting of one level of a plan."""

    certificate_level_id: UUID


class SittingCancellationIn(_Body):
    """Why a sitting will not be held."""

    reason: Paragraph


class SittingRoomOut(BaseModel):
    """One room of a sitting."""

    room_id: UUID
    code: str
    name: str
    seats: int


class SittingExaminerOut(BaseModel):
    """One examiner of a sitting; a teacher has no employer here."""

    teacher_id: UUID | None
    name: str
    employer: str | None
    duty: ExaminerDuty


class SittingOut(BaseModel):
    """One sitting with its rooms and examiners; its state follows from its times."""

    id: UUID
    institution_id: UUID
    exam_plan_id: UUID
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    site_id: UUID
    site_name: str
    address: str
    college_id: UUID = Field(description="The college whose site it is")
    is_shared: bool = Field(description="Candidates of other colleges sit here too")
    code: str
    state: SittingState
    starts_at: datetime
    ends_at: datetime
    seats: int = Field(description="Used in its rooms together")
    taken: int = Field(description="Seats that registrations hold")
    left: int
    cancelled_at: datetime | None
    cancellation_reason: str | None
    rooms: list[SittingRoomOut]
    examiners: list[SittingExaminerOut]
    allowed_deeds: list[str] = Field(examples=[["change", "cancel"]], description="What the caller may do next")
