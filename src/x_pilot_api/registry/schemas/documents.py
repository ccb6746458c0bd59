"""What is asked and told when an identity document's number is shown in full."""

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.texts import Line


class RevealIn(BaseModel):
    """Why somebody has to see the number; it goes on record, so it must not hold the number itself."""

    model_config = ConfigDict(extra="forbid")

    reason: Line = Field(examples=["与公安机关核对姓名更正，收文 2026-118"])


class IdentityDocumentOut(BaseModel):
    """One identity document with its number in full."""

    kind: str = Field(examples=["resident_identity_card"])
    number: str = Field(repr=False, examples=["11010519491231002X"], description="In full; keep no copy of it")
