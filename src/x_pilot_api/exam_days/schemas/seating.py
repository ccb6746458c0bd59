"""What is asked and told of seats."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.exam_days.models import RoomFilling, SeatingOrder

_SEED_MAX = 2**31 - 1
MOVES_TOLD = 500


class SeatingIn(BaseModel):
    """The rules by which seats are given out."""

    model_config = ConfigDict(extra="forbid")

    seating_order: SeatingOrder = Field(
        default=SeatingOrder.MIXED,
        description="`mixed` keeps candidates of one college, and then of one class, as far apart as can be",
    )
    room_filling: RoomFilling = Field(
        default=RoomFilling.ONE_AFTER_ANOTHER, description="Fill rooms one after another, or all of them evenly"
    )
    seed: int = Field(
        default=0, ge=0, le=_SEED_MAX, strict=True, description="Another seed, another equally good order"
    )


class SeatedRoomOut(BaseModel):
    """One room of a sitting, and how many sit in it."""

    room_id: UUID
    code: str
    name: str
    seats: int = Field(description="Seats that candidates can be given; 0 when the room is lost")
    taken: int = Field(description="Seats given out in it")


class SeatingOut(BaseModel):
    """How the seating of one sitting stands."""

    sitting_id: UUID
    state: str = Field(description="open, arranged, or printed while the tickets handed out are right")
    seating_order: SeatingOrder | None
    room_filling: RoomFilling | None
    seed: int | None
    revision: int = Field(description="0 before it was arranged")
    arranged_at: datetime | None
    printed_at: datetime | None = Field(description="When tickets were first handed out")
    candidates: int = Field(description="Registrations that are to have a seat")
    unseated: int = Field(description="Those of them without a seat they can use")
    stale: int = Field(description="Seats held by a registration that is out, or moved to another sitting")
    rooms: list[SeatedRoomOut]
    allowed_deeds: list[str]


class PlaceOut(BaseModel):
    """One place in a sitting."""

    room_id: UUID
    room_code: str
    number: int = Field(examples=[17])


class MovedOut(BaseModel):
    """One candidate whose place is another now."""

    registration_id: UUID
    admission_number: str
    was: PlaceOut | None = Field(description="Null for somebody who had none")
    now: PlaceOut | None = Field(description="Null for somebody who has none any more")


class SeatingChangeOut(BaseModel):
    """What arranging or re-arranging did, or with `validate_only` would do."""

    seating: SeatingOut
    stayed: int = Field(description="Candidates whose seat is as it was")
    seated: int = Field(description="Candidates who had none")
    moved: int = Field(description="Candidates who sit elsewhere now")
    removed: int = Field(description="Registrations that are out, whose seats are free")
    changes: list[MovedOut] = Field(
        description=f"Those who had a seat and have another or none; at most {MOVES_TOLD}, by admission number"
    )
    validated_only: bool


class ExamSeatOut(BaseModel):
    """One seat and who sits there."""

    registration_id: UUID
    admission_number: str
    name: str
    masked_document_number: str
    college_name: str
    class_name: str | None = Field(description="Null for a social candidate")
    room_id: UUID
    room_code: str
    room_name: str
    number: int
    edition: int = Field(description="Of the ticket: a ticket of an older edition is no longer good")
