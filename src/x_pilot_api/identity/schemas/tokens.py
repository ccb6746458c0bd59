"""What sign-in and `me` answer."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field


class TokenOut(BaseModel):
    """An access token, as RFC 6749 answers it."""

    access_token: str = Field(repr=False)
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(description="Seconds", examples=[600])
    scope: str = Field(description="What was granted, separated by spaces")
    refresh_token: str | None = Field(
        repr=False, description="Gives the next pair of tokens, once; null for machine clients, which simply ask anew"
    )


class SessionOut(BaseModel):
    """One place where the caller is signed in."""

    id: UUID
    is_current: bool = Field(description="Whether it is the session that asks")
    institution_id: UUID | None
    agent: str = Field(description="The kind of program", examples=["Firefox, Windows"])
    address: str = Field(description="The network address it was opened from", examples=["203.0.113.7"])
    created_at: datetime
    last_used_at: datetime = Field(description="When it was opened or last refreshed")
    authenticated_at: datetime = Field(description="When the caller last proved who they are")
    second_factor_at: datetime | None = Field(description="When they last gave a code of their second factor")
    idle_ends_at: datetime = Field(description="When it ends unless it is refreshed before")
    ends_at: datetime = Field(description="When it ends at the latest")


class EndedOut(BaseModel):
    """How many sessions were ended."""

    ended: int = Field(examples=[2])


class MeOut(BaseModel):
    """Who the caller is to the service."""

    id: UUID
    kind: str = Field(examples=["person"])
    name: str
    roles: list[str]
    permissions: list[str]
    owes: list[str] = Field(
        description="What has to be set right before anything else can be done: enrol_second_factor, change_password"
    )
    institution_id: UUID | None
    college_ids: list[UUID]
    organisation_id: UUID | None
    student_id: UUID | None
