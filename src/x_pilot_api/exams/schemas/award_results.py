"""What is told of the results a certificate rests on."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut


class LostExemptionOut(BaseModel):
    """One share of a component that the candidate was exempt from when the result came, and is no longer."""

    conversion_id: UUID
    component_code: str = Field(examples=["theory"])
    share_percent: int
    ended_at: datetime


class AwardResultOut(BaseModel):
    """One result in effect that the certificate rests on."""

    result_id: UUID
    exam_plan_id: UUID
    exam_on: date
    revision: int
    total: HundredthsOut | None
    is_best: bool = Field(description="The certificate's linked result: the best one, which a later better one becomes")
    lost_exemptions: list[LostExemptionOut] = Field(
        description="What it was reckoned with and was unwound since; the certificate stands until somebody decides"
    )
