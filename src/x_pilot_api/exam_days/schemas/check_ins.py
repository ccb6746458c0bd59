"""What devices take along and send, and what is told of who was there."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.exam_days.models import AttendanceState, Claim, Conflict

ITEMS_MAX = 500
TicketCode = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300, pattern=r"^XP\.[A-Z2-7]+$")]


class DeviceIn(BaseModel):
    """A device that takes the list of a sitting along."""

    model_config = ConfigDict(extra="forbid")

    name: Line = Field(description="By which people know it", examples=["301 机房平板"])


class ListedCandidateOut(BaseModel):
    """One candidate on a device's list."""

    registration_id: UUID
    admission_number: str
    name: str
    masked_document_number: str
    room_id: UUID
    room_code: str
    number: int
    edition: int


class CheckInListOut(BaseModel):
    """The list of a sitting as one device takes it along, and what it needs to check tickets while offline.

    A ticket is `XP.` and, in base 32 without padding, 39 bytes and an ES256 signature of 64. The bytes, big-endian, are
    the version (1 byte, 1), the sitting's id (16), the registration's id (16), the edition (2) and the instant from
    which it is no longer good, in seconds since 1970 (4). What is signed is `x-pilot/admission-ticket`, a zero byte,
    and the 39 bytes.
    """

    device_id: UUID
    sitting_id: UUID
    revision: int = Field(description="Of the arrangement; take the list anew when it has grown")
    starts_at: datetime
    ends_at: datetime
    listed_at: datetime
    ticket_key: dict[str, str] = Field(description="The public key of this sitting's tickets, as a JSON Web Key")
    candidates: list[ListedCandidateOut]


class CheckInIn(BaseModel):
    """One thing a device recorded: by the ticket's code, or by the list."""

    model_config = ConfigDict(extra="forbid")

    nonce: UUID = Field(description="Made on the device, new for each record; the same one again changes nothing")
    claim: Claim
    room_id: UUID = Field(description="Where the device was")
    seen_at: AwareDatetime = Field(description="By the device's clock")
    ticket: TicketCode | None = Field(default=None, repr=False)
    registration_id: UUID | None = None

    @model_validator(mode="after")
    def by_one_way(self) -> Self:
        """Refuse a record that names its candidate by both ways or by none; nobody is absent by their ticket."""
        if (self.ticket is None) == (self.registration_id is None):
            raise ValueError("name the candidate by `ticket` or by `registration_id`")
        if self.ticket is not None and self.claim == Claim.ABSENT:
            raise ValueError("a ticket is scanned of somebody who is there")
        return self


class CheckInsIn(BaseModel):
    """What a device recorded since it last sent something; sending it again changes nothing."""

    model_config = ConfigDict(extra="forbid")

    device_id: UUID
    sent_at: AwareDatetime = Field(description="By the device's clock, by which its error is known")
    check_ins: list[CheckInIn] = Field(min_length=1, max_length=ITEMS_MAX)

    @model_validator(mode="after")
    def nonces_once(self) -> Self:
        """Refuse a batch that uses a nonce twice."""
        if len({item.nonce for item in self.check_ins}) != len(self.check_ins):
            raise ValueError("each record has a nonce of its own")
        return self


class CheckInOutcomeOut(BaseModel):
    """What became of one record."""

    nonce: UUID
    outcome: str = Field(description="accepted, unchanged, conflict (kept, and waits for a person) or refused")
    code: str | None
    detail: str | None
    registration_id: UUID | None
    attendance: AttendanceState | None = Field(description="How the candidate's attendance stands now")


class CheckInsOut(BaseModel):
    """What became of each record, in the order in which they were sent."""

    accepted: int
    unchanged: int
    conflicts: int
    refused: int
    revision: int = Field(description="Of the arrangement now; take the list anew when the device's is older")
    items: list[CheckInOutcomeOut]


class AttendanceRoomOut(BaseModel):
    """The figures of one room."""

    room_id: UUID
    code: str
    seated: int
    present: int
    absent: int
    disputed: int
    unrecorded: int


class AttendanceFiguresOut(BaseModel):
    """Who was there, in numbers: of a sitting, and room by room."""

    sitting_id: UUID
    seated: int
    present: int
    absent: int
    disputed: int
    unrecorded: int = Field(description="Seated, and nothing was recorded of them")
    attendance_rate: str | None = Field(
        description="Present of all that were seated, in percent; null when nobody was", examples=["97.50"]
    )
    devices: int
    rooms: list[AttendanceRoomOut]


class AttendanceOut(BaseModel):
    """Whether one candidate was there, and what waits for a person's look."""

    registration_id: UUID
    admission_number: str
    name: str
    state: AttendanceState
    seen_at: datetime
    is_late: bool = Field(description="Seen after the sitting had begun")
    conflicts: list[Conflict] = Field(description="Those nobody has settled")
    settled_at: datetime | None
    reason: str | None


class AttendanceSettlementIn(BaseModel):
    """A person's finding on whether a candidate was there."""

    model_config = ConfigDict(extra="forbid")

    state: Claim
    reason: Paragraph
