"""What is asked and told of the policy that lets credits run out."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.texts import Code, Line

CERTIFICATE = "certificate"
"""The kind of outcome a certificate is, for a term of expiry."""

_TERMS_MAX = 100


class ExpiryTermIn(BaseModel):
    """How long credits of one kind of outcome last."""

    model_config = ConfigDict(extra="forbid")

    kind: Code = Field(description="`certificate`, or a kind of the recognition policy", examples=[CERTIFICATE])
    validity_months: int = Field(ge=1, le=600, description="From the civil day the credits were posted")
    notice_days: int = Field(ge=0, le=366, description="How long before it the student is told, at least")


class ExpiryPolicyIn(BaseModel):
    """How long credits posted from a day on last, by which document; a kind that is not named never expires."""

    model_config = ConfigDict(extra="forbid")

    terms: list[ExpiryTermIn] = Field(max_length=_TERMS_MAX, description="None at all: nothing expires")
    document_number: Line = Field(examples=["苏财院教〔2026〕31号"])
    effective_from: date

    @model_validator(mode="after")
    def name_each_once(self) -> Self:
        """Let one kind have one term."""
        if len({term.kind for term in self.terms}) < len(self.terms):
            raise ValueError("each kind may be named once")
        return self


class ExpiryTermOut(BaseModel):
    """How long credits of one kind of outcome last."""

    kind: str
    validity_months: int
    notice_days: int


class ExpiryPolicyOut(BaseModel):
    """One version of an expiry policy; it never changes, a later one follows it."""

    id: UUID
    version: int
    terms: list[ExpiryTermOut]
    document_number: str
    effective_from: date
    loaded_by: UUID
    recorded_at: datetime
