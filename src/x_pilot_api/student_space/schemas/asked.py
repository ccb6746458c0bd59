"""What a student could ask for and has asked for, as it is told and as it comes in."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.awards.schemas import AwardShareOut
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Paragraph
from x_pilot_api.credits.schemas import COURSES_MAX, OffsetOptionOut, OffsetOut


class OpenLevelOut(BaseModel):
    """One level of a plan that takes registrations, by what terms."""

    exam_plan_id: UUID
    exam_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    organisation_name: str
    registration_opens_on: date
    registration_closes_on: date
    exam_on: date
    objections_until: datetime | None = Field(description="Until then a result can be objected to; credits wait for it")
    registration_id: UUID | None = Field(description="The student's own, where there is one already")


class OpenLevelsOut(BaseModel):
    """What a student could register for today."""

    items: list[OpenLevelOut]


class OwnRegistrationIn(BaseModel):
    """What a student registers for."""

    model_config = ConfigDict(extra="forbid")

    exam_plan_id: UUID
    certificate_level_id: UUID
    sitting_id: UUID | None = Field(default=None, description="The sitting that is wished for; null: any")


class OwnReasonIn(BaseModel):
    """Why something of one's own is withdrawn."""

    model_config = ConfigDict(extra="forbid")

    reason: Paragraph


class OwnConversionWithdrawalIn(OwnReasonIn):
    """One of one's conversions to withdraw, and why."""

    conversion_id: UUID


class OwnConvertedOut(BaseModel):
    """One course that credits are to stand for."""

    course_id: UUID
    code: str
    name: str
    credit: HundredthsOut
    grade: str | None


class OwnStepOut(BaseModel):
    """One deed on a conversion."""

    deed: str = Field(examples=["approve"])
    state: str = Field(examples=["approved"])
    decided_at: datetime
    reason: str | None


class OwnConversionOut(BaseModel):
    """One conversion of the student's, where it is in its chain, and what was decided."""

    id: UUID
    direction: str = Field(examples=["certificate_to_course"])
    certificate_name: str
    level: str = Field(examples=["2"])
    outcome_id: UUID | None
    state: str = Field(examples=["requested"])
    steps: list[str] = Field(examples=[["college", "registrar"]])
    awaits: str | None = Field(description="Whose turn it is; null: nobody's any more")
    credit: HundredthsOut
    courses: list[OwnConvertedOut]
    offsets: list[OffsetOut] = Field(description="The parts of an assessment that its courses offset")
    decisions: list[OwnStepOut]
    requested_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    flagged_at: datetime | None = Field(description="What it rests on was lost then; the office looks at it")
    allowed_deeds: list[str] = Field(examples=[["withdraw"]])


class OwnConversionsOut(BaseModel):
    """The student's conversions."""

    items: list[OwnConversionOut]


class OwnOffsetWish(BaseModel):
    """One's passed courses into parts of an assessment, by a rule of that direction."""

    model_config = ConfigDict(extra="forbid")

    mapping_id: UUID = Field(description="One of `offset-options`")
    course_ids: list[UUID] = Field(min_length=1, max_length=COURSES_MAX)


class OwnOffsetsIn(BaseModel):
    """Offsets to ask for: all of them or none."""

    model_config = ConfigDict(extra="forbid")

    wishes: list[OwnOffsetWish] = Field(min_length=1, max_length=COURSES_MAX)


class OffsetOptionsOut(BaseModel):
    """What of assessments the student's courses could offset."""

    items: list[OffsetOptionOut]


class OwnSharesOut(BaseModel):
    """The links to the student's certificates that were not recalled."""

    items: list[AwardShareOut]


class OwnObjectionOut(BaseModel):
    """One objection to a result of the student's."""

    id: UUID
    registration_id: UUID
    text: str
    state: str = Field(examples=["raised"])
    raised_at: datetime
    due_on: date
    is_overdue: bool
    answer: str | None
    decided_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["withdraw"]])


class OwnObjectionsOut(BaseModel):
    """The objections to the student's results but for those withdrawn."""

    items: list[OwnObjectionOut]
