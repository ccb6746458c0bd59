"""What is told of the tasks of plans."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.exams.models import PlanTaskKind


class PlanTaskOut(BaseModel):
    """One dated task of a plan."""

    exam_plan_id: UUID
    institution_id: UUID
    plan_code: str
    plan_name: str
    kind: PlanTaskKind
    due_on: date
    is_done: bool = Field(description="As what is there shows, or because somebody ticked it")
    is_overdue: bool
    done_at: datetime | None = Field(description="When somebody ticked it; null where evidence decides")
    allowed_deeds: list[str] = Field(examples=[["tick"]], description="What the caller may do next")
