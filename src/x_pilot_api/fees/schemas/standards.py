"""What is asked and told of fee standards; money is whole fen."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.texts import Code, Paragraph
from x_pilot_api.fees.schemas.amounts import Fen, PeriodIn


class FeeStandardIn(PeriodIn):
    """A fee to be measured against the ceiling."""

    institution_id: UUID | None = Field(
        default=None, description="Needed only from an evaluation organisation's staff, who act in no institution"
    )
    certificate_level_id: UUID
    exam_form: ExamForm
    category: Code | None = Field(default=None, description="Lets the ceiling of the category apply, if there is one")
    fee_fen: Fen = Field(description="What an exam costs a person, in fen")
    basis: Paragraph = Field(description="How the fee was arrived at")
    cost_sheet_id: UUID | None = Field(
        default=None, description="An accepted cost sheet for the same level and exam form that the fee rests on"
    )


class FeeReasonIn(BaseModel):
    """Why."""

    model_config = ConfigDict(extra="forbid")

    reason: Paragraph


class FeeStandardOut(BaseModel):
    """The fee of one certificate level in one institution, exam form and period, with the ceiling it rests on."""

    id: UUID
    institution_id: UUID
    province: str = Field(description="The institution's", examples=["江苏"])
    certificate_level_id: UUID
    exam_form: str = Field(examples=["computer"])
    category: str | None
    fee_fen: int = Field(examples=[50300])
    ceiling_id: UUID = Field(description="The ceiling that applies on the first day")
    ceiling_fen: int
    basis: str
    cost_sheet_id: UUID | None
    cost_fen: int | None = Field(
        description="What that sheet came to per candidate, in cash, when the fee was proposed"
    )
    effective_from: date
    effective_to: date | None = Field(description="Exclusive: the first day no longer in force")
    ended_on: date | None = Field(
        description="The first day no longer in force because the fee was superseded or suspended before its end"
    )
    state: str = Field(examples=["proposed"])
    side: str = Field(description="Who proposed it; the other one agrees", examples=["organisation"])
    reason: str | None = Field(description="Why it was refused or withdrawn")
    agreed_at: datetime | None
    approved_at: datetime | None
    published_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["agree", "refuse"]], description="What the caller may do next")
