"""What is told of a student's progress; credits are decimal strings."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut


class MissingOut(BaseModel):
    """Something that is not known, so that part of the progress cannot be told."""

    code: str = Field(examples=["training_plan_missing"])
    detail: str


class CategoryOut(BaseModel):
    """One category of courses of the training plan."""

    category: str = Field(examples=["core"])
    required: HundredthsOut | None = Field(description="What the plan asks for; null when it does not say")
    earned: HundredthsOut = Field(description="Courses of the plan that are passed")
    left: HundredthsOut | None = Field(description="Still to be earned; null when required is")
    offered: HundredthsOut = Field(description="All courses of the plan in this category")
    compulsory_left: int = Field(description="Compulsory courses that are not passed")
    convertible: HundredthsOut = Field(
        description="Courses not passed that the rules behind the student's deposits stand for, before limits"
    )


class DiplomaOut(BaseModel):
    """The way to the diploma, by the training plan of programme and entry year."""

    training_plan_id: UUID | None
    training_plan_version: int | None
    required: HundredthsOut | None = Field(description="Credits to graduate; null when no plan is in force")
    earned: HundredthsOut = Field(description="Courses of the plan that are passed")
    converted: HundredthsOut = Field(description="Certificate credits used for courses")
    outside_plan: HundredthsOut = Field(description="Passed courses that the plan does not have; they do not count")
    left: HundredthsOut | None = Field(description="Still to be earned, after what was converted")
    categories: list[CategoryOut]


class CertificateProgressOut(BaseModel):
    """The way to one certificate level."""

    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    stage: str = Field(examples=["passed"], description="registered, sat, passed or awarded")
    registered: int = Field(description="Registrations that stand")
    sat: int = Field(description="Exams attended whose result is in effect")
    last_exam_on: date | None
    award_id: UUID | None
    award_number: str | None
    award_state: str | None
    deposited: HundredthsOut = Field(description="Credits the certificate brought, pending ones too")
    deposit: str | None = Field(examples=["deposited"], description="Why it brought that; null without award")


class PurseOut(BaseModel):
    """The credit account in figures."""

    accumulated: HundredthsOut
    pending: HundredthsOut
    held: HundredthsOut
    available: HundredthsOut
    used: HundredthsOut


class StudentProgressOut(BaseModel):
    """One student's progress: the 1 beside the X."""

    student_id: UUID
    student_number: str
    name: str
    programme_id: UUID
    programme_name: str
    class_name: str
    entry_year: int
    status: str = Field(examples=["enrolled"])
    diploma: DiplomaOut
    certificates: list[CertificateProgressOut]
    credit_account: PurseOut | None
    missing: list[MissingOut]
