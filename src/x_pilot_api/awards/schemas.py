"""What is told of an issued certificate."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field


class AwardOut(BaseModel):
    """One certificate level issued to one person."""

    id: UUID
    institution_id: UUID
    number: str = Field(description="The certificate's number: the organisation's own where it gave one")
    verification_code: str = Field(description="Opens GET /v1/verify/{code}")
    holder_name: str
    student_id: UUID | None = Field(description="Null for a social candidate")
    certificate_id: UUID
    certificate_name: str
    certificate_level_id: UUID
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    organisation_id: UUID
    issued_on: date
    state: str = Field(examples=["valid"])
    revoked_at: datetime | None
    revoked_reason: str | None
