"""What is told of what is printed."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field


class PapersOut(BaseModel):
    """One bundle of a sitting: tickets, door lists, seat lists and sign-in lists, room by room, as one zip file."""

    id: UUID
    sitting_id: UUID
    job_id: UUID = Field(description="The job that makes it")
    asked_at: datetime
    made_at: datetime | None = Field(description="Null until it is finished")
    revision: int | None = Field(description="Of the arrangement that was printed")
    tickets: int | None
    rooms: int | None
    size_bytes: int | None
    is_kept: bool = Field(description="Whether the file can be fetched, by whoever asked for it alone")


class TicketOut(BaseModel):
    """An admission ticket as PDF; it is answered as a file."""

    registration_id: UUID
