"""What is asked and answered about the forecast of the guaranteed attempt."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line
from x_pilot_api.settlements.models import ForecastReason, Outlook

EntryYear = Annotated[int, Field(strict=True, ge=1990, le=2100, examples=[2024])]


class GraduationDayIn(BaseModel):
    """On which day an entry year of a programme graduates, by which document."""

    model_config = ConfigDict(extra="forbid")

    programme_id: UUID
    entry_year: EntryYear
    graduates_on: Day = Field(examples=["2027-06-30"])
    document_number: Line = Field(examples=["教〔2024〕12号"])


class GraduationDayOut(BaseModel):
    """One graduation day, and whether a later revision goes before it."""

    id: UUID
    programme_id: UUID
    programme_name: str
    entry_year: int
    revision: int
    graduates_on: date
    document_number: str
    loaded_by: UUID
    loaded_at: datetime
    is_current: bool


class ForecastAskedOut(BaseModel):
    """A forecast that a job makes."""

    job_id: UUID


class CollegeForecastOut(BaseModel):
    """What a forecast expects in one college."""

    college_id: UUID
    college_name: str
    students: int
    reserved: int
    placed: int
    at_risk: int
    unknown: int
    newly_at_risk: int
    last_useful_on: date | None = Field(
        description="The first of the last days on which registering still helps somebody at risk"
    )


class ForecastOut(BaseModel):
    """One look ahead at the students whose guaranteed attempt is not used, by college.

    `reserved` are registered for an exam in time; `placed` would get a free seat in an open plan; `at_risk` would not;
    of the `unknown` no graduation day was loaded.
    """

    id: UUID
    looked_on: date
    made_at: datetime
    colleges: list[CollegeForecastOut]


class ForecastRowOut(BaseModel):
    """What a forecast expects for one student."""

    student_id: UUID
    student_number: str
    student_name: str
    college_id: UUID
    programme_id: UUID
    programme_name: str
    class_name: str
    entry_year: int
    graduates_on: date | None
    outlook: Outlook
    reason: ForecastReason | None
    exam_plan_id: UUID | None
    plan_code: str | None
    certificate_level_id: UUID | None
    last_useful_on: date | None
    is_new: bool = Field(description="At risk now and not in the forecast before")
