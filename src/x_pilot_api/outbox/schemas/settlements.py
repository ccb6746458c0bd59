"""What stands in the events of settlements."""

from typing import Literal
from uuid import UUID

from x_pilot_api.outbox.schemas.parts import Count, Data


class SettlementChanged(Data):
    """Something was done about a settlement, which is the object; it is read where it is agreed to. Whole fen."""

    deed: Literal["propose", "recompute", "agree", "dispute", "settle"]
    exam_plan_id: UUID
    number: Count
    state: str
    content_hash: str
    due_fen: int
