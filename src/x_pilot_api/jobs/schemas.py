"""Jobs as callers see them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.jobs import JobState


class ProgressOut(BaseModel):
    """How far a job is, in its own units, such as rows or students."""

    done: int = Field(examples=[1200])
    total: int | None = Field(description="Null while it is not known", examples=[5000])


class JobOut(BaseModel):
    """One piece of work asked for: where it stands, and what came of it."""

    id: UUID
    kind: str = Field(description="The name of the work", examples=["post_due_deposits"])
    state: JobState
    institution_id: UUID | None = Field(description="Null for work of the platform")
    progress: ProgressOut
    counts: JsonObject = Field(description="Figures by name, so far", examples=[{"posted": 120}])
    result: JsonObject | None = Field(description="What came of it, as figures and links; null until it ended well")
    problem: JsonObject | None = Field(
        description="Why it failed: a code of the problem registry and its figures", examples=[{"code": "job_failed"}]
    )
    attempts: int = Field(description="How often it was begun", examples=[1])
    last_error: str | None = Field(
        description="The kind of the last failure, never its text", examples=["TimeoutError"]
    )
    enqueued_at: datetime
    due_at: datetime | None = Field(description="Not begun before; null for at once")
    started_at: datetime | None
    ended_at: datetime | None
    allowed_deeds: list[str] = Field(description="What the caller may do now", examples=[["cancel"]])
