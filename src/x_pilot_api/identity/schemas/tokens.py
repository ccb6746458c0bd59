"""What sign-in and `me` answer."""

from uuid import UUID

from pydantic import BaseModel, Field


class TokenOut(BaseModel):
    """An access token, as RFC 6749 answers it."""

    access_token: str
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(description="Seconds", examples=[600])
    scope: str = Field(description="What was granted, separated by spaces")


class MeOut(BaseModel):
    """Who the caller is to the service."""

    id: UUID
    kind: str = Field(examples=["person"])
    name: str
    roles: list[str]
    permissions: list[str]
    institution_id: UUID | None
    college_ids: list[UUID]
    organisation_id: UUID | None
    student_id: UUID | None
