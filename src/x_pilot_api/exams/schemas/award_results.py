"""What is told of the results a certificate rests on."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut


class AwardResultOut(BaseModel):
    """One result in effect that the certificate rests on."""

    result_id: UUID
    exam_plan_id: UUID
    exam_on: date
    revision: int
    total: HundredthsOut | None
    is_best: bool = Field(description="The certificate's linked result: the best one, which a later better one becomes")
