"""What is asked and told of problems."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.guidance.models import ProblemAbout, ProblemSeverity, ProblemState
from x_pilot_api.guidance.schemas.bodies import Body


class PilotProblemIn(Body):
    """A problem of the pilot to raise (N(12))."""

    college_id: UUID = Field(description="The college it is at: a coordinator's own, or the one a teacher belongs to")
    about: ProblemAbout
    certificate_id: UUID | None = Field(default=None, description="Which certificate; exactly when it is about one")
    plan_code: Code | None = Field(default=None, description="Code of the exam plan; exactly when it is about one")
    severity: ProblemSeverity
    title: Line = Field(examples=["考核系统上机时频繁掉线"])
    description: Paragraph

    @model_validator(mode="after")
    def _names_what_it_is_about(self) -> Self:
        if (self.about == ProblemAbout.CERTIFICATE) != (self.certificate_id is not None):
            raise ValueError("certificate_id is given exactly when the problem is about a certificate")
        if (self.about == ProblemAbout.PLAN) != (self.plan_code is not None):
            raise ValueError("plan_code is given exactly when the problem is about a plan")
        return self


class ProblemAssignmentIn(Body):
    """Who solves a problem, and until when."""

    owner_id: UUID
    due_on: Day
    remark: Paragraph | None = None


class ProblemResolutionIn(Body):
    """What was done about a problem."""

    resolution: Paragraph


class ProblemConfirmationIn(Body):
    """That a problem is solved, from whoever raised it."""

    remark: Paragraph | None = None


class ProblemReopeningIn(Body):
    """Why a problem is not solved, and until when it is to be."""

    remark: Paragraph
    due_on: Day


class PilotProblemStepOut(BaseModel):
    """One deed on a problem."""

    number: int
    deed: str
    state: ProblemState
    actor_name: str
    owner_name: str | None
    due_on: date | None
    remark: str | None
    recorded_at: datetime


class PilotProblemOut(BaseModel):
    """One problem of the pilot, how it stands, and everything that was done about it, in order."""

    id: UUID
    college_id: UUID
    college_name: str
    about: ProblemAbout
    certificate_id: UUID | None
    certificate_name: str | None
    plan_code: str | None
    severity: ProblemSeverity
    title: str
    description: str
    state: ProblemState
    raised_by: UUID
    raiser_name: str
    raised_on: date
    owner_id: UUID | None
    owner_name: str | None
    due_on: date | None
    resolution: str | None
    confirmed_on: date | None
    age_days: int = Field(description="Days since it was raised, until it was confirmed or until today")
    is_overdue: bool = Field(description="The owner is waited for past the day it is due")
    steps: list[PilotProblemStepOut]
    allowed_deeds: list[str]


class AgeBucketOut(BaseModel):
    """How many open problems are of one age."""

    from_days: int
    to_days: int | None = Field(description="Null for the oldest, which has no end")
    problems: int
    overdue: int


class CollegeAgeingOut(BaseModel):
    """How old one college's open problems are."""

    college_id: UUID
    college_name: str
    open: int
    overdue: int
    unassigned: int = Field(description="Raised, and nobody's yet")
    oldest_days: int | None
    buckets: list[AgeBucketOut]


class ProblemAgeingOut(BaseModel):
    """How old the open problems are that the caller sees, by college and together; confirmed ones are not open."""

    as_of: date
    open: int
    overdue: int
    buckets: list[AgeBucketOut]
    colleges: list[CollegeAgeingOut]
