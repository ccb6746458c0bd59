"""What stands in the events of fees."""

from datetime import date
from typing import Literal
from uuid import UUID

from x_pilot_api.outbox.schemas.parts import Count, Data


class FeeStandardChanged(Data):
    """Something was done about a fee for a level of the organisation; the object is the fee standard."""

    deed: Literal["propose", "agree", "approve", "publish", "supersede", "refuse", "reject", "withdraw"]
    certificate_level_id: UUID
    exam_form: str
    fee_fen: Count
    state: str
    effective_from: date
    effective_to: date | None


class FeeStandardsSuspended(Data):
    """A new cost ceiling, which is the object, suspended fee standards of one institution for the certificates."""

    ceiling_fen: Count
    standards: Count
