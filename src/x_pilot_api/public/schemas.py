"""What the public is told."""

from datetime import date, datetime

from pydantic import BaseModel, Field


class VerificationOut(BaseModel):
    """Whether a certificate is genuine and still stands; no identity number, no full name."""

    code: str
    state: str = Field(examples=["valid"], description="valid, suspended or revoked")
    number: str
    holder: str = Field(examples=["张*"], description="The holder's name, masked")
    certificate: str
    level: str
    organisation: str
    institution: str
    is_test: bool = Field(description="It was issued for trying things out and certifies nothing")
    issued_on: date
    revoked_at: datetime | None
    as_of: datetime = Field(description="When this was looked up")
