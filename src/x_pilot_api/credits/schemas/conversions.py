"""What is asked and told of conversions, of the chain they go, and of what they exempt from."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import BothOut, Line, Paragraph
from x_pilot_api.credits.models import ChainStep, ConversionState, OnLoss
from x_pilot_api.mappings.models import Direction

LIST_MAX = 10_000
COURSES_MAX = 20

_COURSE = "0198c0de-0000-7000-8000-000000000005"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConversionCourseIn(_Body):
    """One course an outcome's credits are to stand for."""

    course_id: UUID
    credit: HundredthsIn | None = Field(default=None, description="At most the rule's; null: as the rule gives")


class ConversionWish(_Body):
    """One outcome's credits into courses of the rule that deposited them."""

    outcome_id: UUID
    courses: list[ConversionCourseIn] = Field(min_length=1, max_length=COURSES_MAX)


class ConversionsIn(_Body):
    """Conversions to ask for: all of them or none."""

    wishes: list[ConversionWish] = Field(min_length=1, max_length=LIST_MAX)


class OffsetWish(_Body):
    """One student's passed courses into parts of an assessment, by a rule of that direction."""

    student_id: UUID
    mapping_id: UUID = Field(description="A published `course_to_assessment` rule in force today")
    course_ids: list[UUID] = Field(min_length=1, max_length=COURSES_MAX, examples=[[_COURSE]])


class OffsetsIn(_Body):
    """Offsets to ask for: all of them or none."""

    wishes: list[OffsetWish] = Field(min_length=1, max_length=LIST_MAX)


class ConversionsRequestedOut(BaseModel):
    """What was asked for, and whose turn it is."""

    requested: int
    credit_held: HundredthsOut
    awaits: ChainStep
    conversion_ids: list[UUID] = Field(description="In the order of the wishes")


class ConversionDecisionsIn(_Body):
    """Conversions to take one step on: all of them or none."""

    conversion_ids: list[UUID] = Field(min_length=1, max_length=LIST_MAX)
    institution_id: UUID | None = Field(default=None, description="Named by an organisation's staff")


class BankAnswerIn(ConversionDecisionsIn):
    """The credit bank's consent to conversions, as the office records it."""

    document_number: Line = Field(examples=["学银函〔2026〕31号"])
    answered_on: date


class ConversionRefusalIn(ConversionDecisionsIn):
    """Conversions to refuse, and why."""

    reason: Paragraph


class ConversionWithdrawalIn(_Body):
    """One's own conversions to withdraw, and why."""

    conversion_ids: list[UUID] = Field(min_length=1, max_length=COURSES_MAX)
    reason: Paragraph


class SettlementIn(_Body):
    """What is done with conversions that a loss flagged, by which document."""

    conversion_ids: list[UUID] = Field(min_length=1, max_length=LIST_MAX)
    is_kept: bool = Field(strict=True, description="True: they stay granted; false: credits and grades are taken back")
    reason: Paragraph
    document_number: Line = Field(examples=["教〔2026〕9号"])


class ConversionsDecidedOut(BaseModel):
    """What a list of decisions did."""

    decided: int
    granted: int = Field(description="Those for which this was the last step")
    credit_used: HundredthsOut = Field(description="Credits of those granted")


class ConversionsSettledOut(BaseModel):
    """How many flagged conversions were settled."""

    settled: int


class ConvertedCourseOut(BaseModel):
    """One course of a conversion."""

    course_id: UUID
    code: str
    name: str
    credit: HundredthsOut = Field(description="What of the outcome stands for it; 0 for a course that offsets")
    grade: str | None = Field(description="The grade the rule's table enters; null: none")
    grade_id: UUID | None = Field(description="The grade that was entered, or that is relied upon")


class OffsetOut(BaseModel):
    """One share of a component that a conversion offsets."""

    component_code: str
    course_id: UUID
    share_percent: int
    counts_as_percent: int | None = Field(description="What the share counts as, in percent of its mark")


class OffsetPartOut(BaseModel):
    """One share of a component that a course would offset."""

    component_code: str = Field(examples=["theory"])
    component_name: str
    share_percent: int
    counts_as_percent: int | None = Field(description="What the share counts as, in percent of its mark")


class OffsetCourseOut(BaseModel):
    """One course that a rule lets offset parts of an assessment, and whether the student's grade allows it."""

    course_id: UUID
    code: str
    name: str
    least_grade: str | None = Field(examples=["良好"], description="What the rule asks for")
    grade: str | None = Field(description="The student's best; null: not passed")
    parts: list[OffsetPartOut]
    refusal: str | None = Field(
        examples=["course_not_passed"],
        description="The item code a request would be refused with; null: it can be asked for. What was used elsewhere"
        " shows when it is asked for",
    )
    says: BothOut | None = Field(description="The refusal in words")


class OffsetOptionOut(BaseModel):
    """One level whose assessment a rule in force today lets passed courses offset in part."""

    mapping_id: UUID
    mapping_version: int
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    courses: list[OffsetCourseOut]


class ConversionDecisionOut(BaseModel):
    """One deed on a conversion."""

    deed: str = Field(examples=["approve"])
    state: ConversionState = Field(description="What it led to")
    decided_at: datetime
    document_number: str | None
    answered_on: date | None
    reason: str | None


class ConversionOut(BaseModel):
    """One conversion: what is converted into what, how far it is, and what happened to it."""

    id: UUID
    institution_id: UUID
    direction: Direction
    student_id: UUID
    student_number: str | None = Field(description="Null for an organisation")
    student_name: str | None = Field(description="Null for an organisation")
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    outcome_id: UUID | None
    award_number: str | None
    mapping_id: UUID
    mapping_version: int
    state: ConversionState
    awaits: ChainStep | None = Field(description="Whose turn it is; null: nobody's any more")
    steps: list[ChainStep] = Field(description="The chain it goes, as it was in force when it was asked for")
    credit: HundredthsOut
    courses: list[ConvertedCourseOut]
    offsets: list[OffsetOut]
    decisions: list[ConversionDecisionOut] = Field(description="In their order")
    requested_at: datetime
    granted_on: date | None
    ended_at: datetime | None
    end_reason: str | None
    flagged_at: datetime | None = Field(description="What it rests on was lost then; it waits for the office")
    flag_reason: str | None
    allowed_deeds: list[str]


class ConversionPolicyIn(_Body):
    """The chain that conversions go from a day on, and what a loss does, by which document."""

    steps: Annotated[
        list[ChainStep], Field(min_length=1, examples=[["college", "registrar", "organisation", "bank"]])
    ] = Field(description="Some of the four, in their order; the registrar is always among them")
    on_loss: OnLoss = Field(
        default=OnLoss.FLAG, description="What becomes of a granted conversion whose credits are lost"
    )
    document_number: Line = Field(examples=["苏财院教〔2026〕20号"])
    effective_from: date

    @model_validator(mode="after")
    def _is_a_chain(self) -> Self:
        if ChainStep.REGISTRAR not in self.steps:
            raise ValueError("steps must name the registrar")
        if self.steps != [step for step in ChainStep if step in self.steps]:
            raise ValueError("steps must be named once each, in the order college, registrar, organisation, bank")
        return self


class ConversionPolicyOut(BaseModel):
    """One version of the chain; it never changes, a later one follows it."""

    id: UUID
    version: int
    steps: list[ChainStep]
    on_loss: OnLoss
    document_number: str
    effective_from: date
    loaded_by: UUID
    recorded_at: datetime
