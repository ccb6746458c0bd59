"""What is asked and told of classes, and of what they came to."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.social_training.models import HOURS_TENTHS_MAX, PLACES_MAX, ClassState

TEACHERS_MAX = 50

HoursTenths = Annotated[
    int, Field(strict=True, ge=1, le=HOURS_TENTHS_MAX, examples=[240], description="Tenths of an hour: 240 is 24 hours")
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SocialClassChange(_Body):
    """A class as it is to be; its college and level stay."""

    title: Line = Field(examples=["智能财税职业技能提升班"])
    partner: Line | None = Field(default=None, description="The employer, or whoever else it is given with")
    hours_tenths: HoursTenths
    starts_on: Day
    ends_on: Day = Field(description="The last day")
    places: Annotated[int, Field(strict=True, ge=1, le=PLACES_MAX)]
    teacher_ids: list[UUID] = Field(
        default_factory=list[UUID], max_length=TEACHERS_MAX, description="Who teaches it, and may log workload on it"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("ends_on must not be before starts_on")
        if len(set(self.teacher_ids)) < len(self.teacher_ids):
            raise ValueError("teacher_ids must name nobody twice")
        return self


class SocialClassIn(SocialClassChange):
    """A training class to give towards a certificate level (N(18))."""

    college_id: UUID
    certificate_level_id: UUID


class SocialClassReasonIn(_Body):
    """Why a class is cancelled, or somebody leaves it."""

    reason: Paragraph


class ClassExamIn(_Body):
    """An exam to register a class's participants for, in the social channel."""

    exam_plan_id: UUID
    sitting_id: UUID | None = Field(default=None, description="In a sitting; else in whichever has a seat")
    participant_ids: list[UUID] | None = Field(
        default=None,
        min_length=1,
        max_length=PLACES_MAX,
        description="Who; left out: everybody still in the class who did not fail and is not registered in it yet",
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if self.participant_ids is not None and len(set(self.participant_ids)) < len(self.participant_ids):
            raise ValueError("participant_ids must name nobody twice")
        return self


class ClassRegisteredOut(BaseModel):
    """What came of registering a class for an exam."""

    social_class_id: UUID
    exam_plan_id: UUID
    registered: int
    accepted: int = Field(description="With an admission number and a seat, where sittings are arranged")
    waiting: int = Field(description="Without a seat yet")


class ClassTeacherOut(BaseModel):
    """Somebody who teaches a class."""

    teacher_id: UUID
    name: str
    staff_number: str


class SocialClassOut(BaseModel):
    """One training class, and how many take part."""

    id: UUID
    college_id: UUID
    college_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    title: str
    partner: str | None
    hours_tenths: int = Field(description="Tenths of an hour")
    starts_on: date
    ends_on: date
    places: int
    taken: int = Field(description="Who takes part; who withdrew is not counted")
    missing_results: int = Field(description="Who takes part and has no result yet")
    certified: int = Field(description="Who takes part and holds a valid certificate by an exam of the class")
    state: ClassState
    reason: str | None
    teachers: list[ClassTeacherOut]
    allowed_deeds: list[str]


class SocialFigureOut(BaseModel):
    """What one college's classes of a year came to; classes that were cancelled or are drafts are not counted."""

    college_id: UUID
    college_name: str
    classes: int
    enterprise_employees: int
    key_employment: int
    low_income: int
    participants: int = Field(description="Of all three groups: the denominator of the certified")
    attended_tenths: int = Field(description="Hours attended by all of them together, in tenths")
    certified: int = Field(description="Participants with a valid certificate: the numerator")
    certified_percent: str | None = Field(
        examples=["62.50"], description="Numerator by denominator, rounded half up; null where nobody takes part"
    )


class SocialFiguresOut(BaseModel):
    """What social service came to in an academic year, by the classes that begin in it."""

    academic_year: str
    colleges: list[SocialFigureOut]
