"""The answer to whoever asked for long work: 202, and where to follow the job that does it."""

from typing import Any
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "A job will do it; follow it at `Location`",
        "headers": {"Location": {"description": "The job", "schema": {"type": "string"}}},
    }
}
"""What such a route says of itself, beside `status_code=202`."""


class AcceptedOut(BaseModel):
    """Long work that was accepted and is not done yet."""

    job_id: UUID = Field(description="The job that does it: `GET /v1/jobs/{job_id}`")


def location_of(accepted: AcceptedOut) -> str:
    """Tell where the job can be followed, as idempotent deeds are asked for it."""
    return f"/v1/jobs/{accepted.job_id}"


def accept(response: Response, job_id: UUID) -> AcceptedOut:
    """Answer that a job will do it, and where to follow it."""
    accepted = AcceptedOut(job_id=job_id)
    response.headers["Location"] = location_of(accepted)
    return accepted
