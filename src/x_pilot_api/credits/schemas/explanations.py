"""What an explanation tells: of one student and one certificate level, everything its credits rest on."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import BothOut
from x_pilot_api.credits.models import AccountState, NextStep, OutcomeReason


class ExplainedInputsOut(BaseModel):
    """What about the student and the certificate the decision rests on."""

    programme_id: UUID
    programme_code: str
    programme_name: str
    entry_year: int
    earned_on: date | None = Field(description="Null while the certificate is not earned")
    rules_of: date = Field(description="The day whose rule and limits count: the exam's, or today's if there is none")
    account_state: AccountState | None = Field(description="Null when no account is open")
    objections_until: datetime | None


class ExplainedCourseOut(BaseModel):
    """One course the rule gives credits for."""

    course_id: UUID
    code: str
    name: str
    credit: HundredthsOut
    grade: str | None = Field(description="Null where the rule's table of scores gives it")


class ExplainedRuleOut(BaseModel):
    """The version of the rule that counts."""

    mapping_id: UUID
    version: int
    filing_number: str | None
    entry_year_from: int
    entry_year_to: int
    effective_from: date | None
    effective_to: date | None = Field(description="The first day it no longer holds; null is open")
    courses: list[ExplainedCourseOut]
    credit: HundredthsOut


class ExplainedLimitOut(BaseModel):
    """One limit of credits in force on the day, and whether it cut what the rule gives."""

    code: str = Field(examples=["per_certificate"])
    version: int | None = Field(description="Null if the limit that cut it is no longer on record")
    document_number: str | None
    credit: HundredthsOut
    cuts: bool
    says: BothOut


class StepOut(BaseModel):
    """One line of the arithmetic."""

    says: BothOut
    credit: HundredthsOut


class NextStepOut(BaseModel):
    """What comes next, and by when."""

    code: NextStep
    says: BothOut
    deadline: datetime | None


class ExplanationOut(BaseModel):
    """Why a certificate brings a student the credits it brings, or would bring them."""

    student_id: UUID
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    is_earned: bool
    outcome_id: UUID | None
    award_id: UUID | None
    award_number: str | None
    entry_id: UUID | None = Field(description="The entry that brought the credits")
    reason: OutcomeReason | None = Field(description="As on record; null while the certificate is not earned")
    credit: HundredthsOut = Field(description="What was deposited or is pending")
    credit_expected: HundredthsOut = Field(description="What it brings when the next step is taken; else as `credit`")
    inputs: ExplainedInputsOut
    rule: ExplainedRuleOut | None
    limits: list[ExplainedLimitOut]
    arithmetic: list[StepOut] = Field(description="From the rule's courses to `credit_expected`, the last line")
    next_step: NextStepOut
    text: BothOut = Field(description="All of it in sentences")
