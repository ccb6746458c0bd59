"""What is asked and told of findings."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.supervision.models import FindingState
from x_pilot_api.supervision.schemas.bodies import Body, IndicatorCode


class SupervisionFindingIn(Body):
    """What supervision found at a college."""

    college_id: UUID
    assessment_id: UUID | None = Field(default=None, description="The college's assessment it was found in")
    indicator_code: IndicatorCode | None = Field(default=None, description="Of that assessment")
    certificate_id: UUID | None = None
    title: Line = Field(examples=["考前培训记录不全"])
    description: Paragraph


class MeasurePlanIn(Body):
    """How a finding is to be put right, by whom, until when."""

    measure: Paragraph
    owner_id: UUID = Field(description="Somebody of the office, or of the college's staff or teachers")
    due_on: Day


class FindingEvidenceIn(Body):
    """What was done, and what shows it."""

    evidence: Paragraph


class FindingCheckIn(Body):
    """With what a finding is closed."""

    remark: Paragraph | None = None


class FindingReturnIn(Body):
    """Why a measure does not do, and until when it is to be made good."""

    reason: Paragraph
    due_on: Day


class SupervisionFindingStepOut(BaseModel):
    """One deed on a finding."""

    number: int
    deed: str
    state: FindingState
    actor_name: str
    owner_name: str | None
    due_on: date | None
    remark: str | None
    recorded_at: datetime


class SupervisionFindingOut(BaseModel):
    """One finding with everything that was done about it."""

    id: UUID
    college_id: UUID
    college_name: str
    assessment_id: UUID | None
    assessment_year: int | None
    indicator_code: str | None
    indicator_name: str | None
    certificate_id: UUID | None
    certificate_name: str | None
    title: str
    description: str
    state: FindingState
    raised_by: UUID
    raised_by_name: str
    raised_on: date
    measure: str | None
    owner_id: UUID | None
    owner_name: str | None
    due_on: date | None
    evidence: str | None
    done_by_name: str | None
    checked_by_name: str | None
    closed_on: date | None
    age_days: int = Field(description="Since it was raised, until it was closed or today")
    is_overdue: bool = Field(description="The measure is waited for, and its day is over")
    steps: list[SupervisionFindingStepOut]
    allowed_deeds: list[str]
