"""The answer to whoever asked for long work: 202, and where to follow the job that does it."""

from typing import Any
from uuid import UUID

from fastapi import Response

ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "A job will do it; follow it at `Location`",
        "headers": {"Location": {"description": "The job", "schema": {"type": "string"}}},
    }
}
"""What such a route says of itself, beside `status_code=202`; its answer has the `job_id` too."""


def point_to(response: Response, job_id: UUID) -> None:
    """Say where the job can be followed."""
    response.headers["Location"] = f"/v1/jobs/{job_id}"
