"""What is asked and told of publicity and of administrators' trainings."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line
from x_pilot_api.guidance.models import PublicityChannel
from x_pilot_api.guidance.models.outreach import HOURS_TENTHS_MAX, REACH_MAX
from x_pilot_api.guidance.schemas.bodies import Body

PEOPLE_MAX = 500

_OFFICE = "Null for the institution's office"


class PolicyPublicityIn(Body):
    """One occasion on which a policy was made known (N(13), N三(四))."""

    college_id: UUID | None = Field(description=_OFFICE)
    title: Line = Field(examples=["1+X证书制度试点政策宣讲会"])
    policy_reference: Line = Field(
        description="Which policy, as its document is quoted", examples=["教职所〔2020〕22号"]
    )
    channel: PublicityChannel
    held_on: Day
    reach: Annotated[int, Field(strict=True, ge=0, le=REACH_MAX, description="Number of people reached")]
    counted_by: Line = Field(description="How the number was counted", examples=["签到表"])


class PolicyPublicityOut(BaseModel):
    """One occasion on which a policy was made known."""

    id: UUID
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    title: str
    policy_reference: str
    channel: PublicityChannel
    held_on: date
    reach: int = Field(description="Number of people reached")
    counted_by: str
    is_own: bool = Field(description="Whether the caller may correct it")


class PublicitySumOut(BaseModel):
    """A year's publicity of one college, or of the office, through one channel."""

    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    channel: PublicityChannel
    occasions: int
    reach: int = Field(description="People reached, those reached twice counted twice")


class PublicitySumsOut(BaseModel):
    """A calendar year's publicity, by college and channel."""

    year: int
    occasions: int
    reach: int
    sums: list[PublicitySumOut]


class TrainingPersonIn(Body):
    """One person invited to a training."""

    person_id: UUID
    took_part: bool


class AdministratorTrainingIn(Body):
    """One training of those who administer certificates (N(12)), with everybody who was invited."""

    college_id: UUID | None = Field(description=_OFFICE)
    subject: Line = Field(examples=["证书管理平台操作与考务规范"])
    held_on: Day
    hours_tenths: Annotated[
        int, Field(strict=True, ge=1, le=HOURS_TENTHS_MAX, description="Length in tenths of an hour: 25 is 2.5 hours")
    ]
    trainer: Line
    material: Line | None = Field(default=None, description="Where the material is, or what it was")
    people: list[TrainingPersonIn] = Field(max_length=PEOPLE_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.person_id for each in self.people}) < len(self.people):
            raise ValueError("people must name nobody twice")
        return self


class TrainingPersonOut(BaseModel):
    """One person invited to a training."""

    person_id: UUID
    person_name: str
    took_part: bool


class AdministratorTrainingOut(BaseModel):
    """One training of those who administer certificates."""

    id: UUID
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    subject: str
    held_on: date
    hours_tenths: int = Field(description="Length in tenths of an hour")
    trainer: str
    material: str | None
    invited: int
    took_part: int
    people: list[TrainingPersonOut]
    is_own: bool = Field(description="Whether the caller may correct it")


class AdministratorCoverageOut(BaseModel):
    """How many of those who administer certificates took part in a training of the year."""

    college_id: UUID | None = Field(description="Null for the institution as a whole")
    college_name: str | None
    trained: int = Field(description="Numerator: those who took part at least once in the year")
    administrators: int = Field(description="Denominator: active coordinators; 0 gives no rate")


class TrainingCoverageOut(BaseModel):
    """A calendar year's coverage of certificate administrators (N(12)), as a whole and by college."""

    year: int
    whole: AdministratorCoverageOut
    colleges: list[AdministratorCoverageOut]


class GuidancePersonOut(BaseModel):
    """One member of the staff who can own something or take part in a training."""

    person_id: UUID
    name: str
    roles: list[str]
    college_names: list[str]
