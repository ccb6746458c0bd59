"""What is asked and told of assessment sites."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.sites.models import CAPACITY_MAX, SEATS_MAX, RoomKind, SiteLevelState

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)

Capacity = Annotated[int, Field(strict=True, ge=1, le=CAPACITY_MAX, examples=[120], description="At one time")]
Seats = Annotated[int, Field(strict=True, ge=1, le=SEATS_MAX, examples=[40])]
Computers = Annotated[int, Field(strict=True, ge=0, le=SEATS_MAX, examples=[42])]
ValidDay = Annotated[date, Field(ge=_FIRST_DAY, le=_LAST_DAY)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RoomIn(_Body):
    """One room with the seats for candidates; a computer room has a computer for each."""

    code: Code
    name: Line
    kind: RoomKind
    seats: Seats
    computers: Computers = 0
    equipment: Paragraph | None = None
    is_open: bool = Field(default=True, description="False: no sitting is held there for now")

    @model_validator(mode="after")
    def _a_computer_for_each(self) -> Self:
        if self.kind == RoomKind.COMPUTER and self.computers < self.seats:
            raise ValueError("a computer room has a computer for each seat")
        return self


class _Period(_Body):
    capacity: Capacity
    valid_from: ValidDay
    valid_to: ValidDay

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError("valid_to is not before valid_from")
        return self


class ApplicationIn(_Period):
    """How many are examined at one time, and for which period; the capacity is not above the seats."""


class SiteLevelIn(_Period):
    """An application for one certificate level."""

    certificate_level_id: UUID


class SiteIn(_Body):
    """A place that a college offers to an evaluation organisation, with its rooms and the levels applied for."""

    organisation_id: UUID
    college_id: UUID
    code: Code
    name: Line
    address: Line
    is_shared: bool = Field(description="Candidates of the institution's other colleges are examined here too")
    rooms: list[RoomIn] = Field(min_length=1, max_length=200)
    levels: list[SiteLevelIn] = Field(default=[], max_length=20)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({room.code for room in self.rooms}) != len(self.rooms):
            raise ValueError("a code names one room")
        if len({level.certificate_level_id for level in self.levels}) != len(self.levels):
            raise ValueError("a level is applied for once")
        return self


class SiteChange(_Body):
    """What of a site is written anew; name and address only while no level is approved."""

    name: Line | None = None
    address: Line | None = None
    is_shared: bool | None = None


class SiteApprovalIn(_Body):
    """What the organisation grants, where it is not what was applied for."""

    capacity: Capacity | None = None
    valid_from: ValidDay | None = None
    valid_to: ValidDay | None = None
    remark: Paragraph | None = None


class ProlongationIn(_Body):
    """A later last day of an approval."""

    valid_to: ValidDay


class SiteReasonIn(_Body):
    """Why."""

    reason: Paragraph


class RoomOut(BaseModel):
    """One room of a site."""

    id: UUID
    code: str
    name: str
    kind: RoomKind
    seats: int
    computers: int
    equipment: str | None
    is_open: bool


class SiteLevelOut(BaseModel):
    """One level a site applied for, and how that stands."""

    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    state: SiteLevelState
    is_valid: bool = Field(description="Sittings can be held here today")
    capacity: int
    valid_from: date
    valid_to: date
    reason: str | None = Field(description="Why it was refused, suspended or withdrawn, or a remark on the approval")
    applied_at: datetime
    decided_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["approve", "refuse"]], description="What the caller may do next")


class SiteOut(BaseModel):
    """One assessment site with its rooms and levels; its state is that of the furthest of its levels."""

    id: UUID
    institution_id: UUID
    institution_name: str
    organisation_id: UUID
    college_id: UUID
    college_name: str
    code: str
    name: str
    address: str
    is_shared: bool
    state: SiteLevelState | None = Field(description="Null while no level was applied for")
    seats: int = Field(description="Of the open rooms together")
    rooms: list[RoomOut]
    levels: list[SiteLevelOut]
    allowed_deeds: list[str] = Field(examples=[["change", "add_room", "apply"]], description="Beside those of a level")


class ProgrammeDemandOut(BaseModel):
    """What one programme takes part with, where it has a quota of its own."""

    programme_id: UUID
    programme_name: str
    seats_wanted: int
    registered: int


class SiteDemandOut(BaseModel):
    """Seats wanted by a college for a level in an academic year against the seats there; counts of candidates."""

    institution_id: UUID
    institution_name: str
    province: str
    college_id: UUID
    college_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: str
    seats_asked: int = Field(description="Quotas asked for and not decided yet")
    seats_wanted: int = Field(description="Approved quotas")
    registered: int = Field(description="Places of the quotas that registrations hold")
    seats_own: int = Field(description="At one time, at the college's own valid sites")
    seats_shared: int = Field(description="At one time, at other colleges' valid sites that are shared")
    turns_needed: int | None = Field(description="Turns to examine all who are wanted; null: there is no seat")
    programmes: list[ProgrammeDemandOut]


class RegionalDemandOut(BaseModel):
    """Seats wanted in a province for a level in an academic year against the seats there."""

    province: str
    certificate_level_id: UUID
    certificate_name: str
    level: str
    institutions: int = Field(description="That take part or have a site")
    seats_asked: int
    seats_wanted: int
    registered: int
    seats: int = Field(description="At one time, at all valid sites")
    turns_needed: int | None = Field(description="Turns to examine all who are wanted; null: there is no seat")
