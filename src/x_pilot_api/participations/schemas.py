"""What is asked and told of participation in the pilot."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.participations.models import QUOTA_MAX, ParticipationState


def _consecutive(text: str) -> str:
    first, _, second = text.partition("-")
    if int(second) != int(first) + 1:
        raise ValueError("must be two years one after the other, such as 2025-2026")
    return text


AcademicYear = Annotated[
    str,
    StringConstraints(pattern="^(19|20)[0-9]{2}-(19|20)[0-9]{2}$", strict=True),
    AfterValidator(_consecutive),
    Field(examples=["2025-2026"], description="From the first of September to the end of August"),
]
QuotaAsked = Annotated[int, Field(strict=True, ge=1, le=QUOTA_MAX, examples=[120])]
Quota = Annotated[int, Field(strict=True, ge=0, le=QUOTA_MAX, examples=[100], description="Registrations in the year")]
DecisionDocument = Annotated[Line, Field(examples=["苏财院教〔2025〕31号"], description="The document that decides it")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ParticipationIn(_Body):
    """Taking part with a level in a year: for one programme, or for all programmes of a college together."""

    academic_year: AcademicYear
    certificate_level_id: UUID
    college_id: UUID | None = Field(default=None, description="For all programmes of the college together")
    programme_id: UUID | None = Field(default=None, description="For one programme, which then has its own quota")
    quota_asked: QuotaAsked
    reason: Paragraph | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.college_id is None) == (self.programme_id is None):
            raise ValueError("name either college_id or programme_id")
        return self


class AskedAgainIn(_Body):
    """Asking once more after a refusal."""

    quota_asked: QuotaAsked
    reason: Paragraph | None = None


class ApprovalIn(_Body):
    """What is granted, which may be less than was asked for."""

    quota: Quota
    decision_document: DecisionDocument
    reason: Paragraph | None = None


class RefusalIn(_Body):
    """Why participation is refused."""

    reason: Paragraph


class QuotaChangeIn(_Body):
    """Another quota, not below the places taken."""

    quota: Quota
    decision_document: DecisionDocument
    reason: Paragraph


class EndIn(_Body):
    """Why no more registrations are taken; those there are stay."""

    decision_document: DecisionDocument
    reason: Paragraph


class ParticipationOut(BaseModel):
    """One participation: what was asked for, what was granted, and what is taken of it."""

    id: UUID
    institution_id: UUID
    academic_year: str = Field(examples=["2025-2026"])
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    college_id: UUID
    college_name: str
    programme_id: UUID | None = Field(description="Null: for all programmes of the college that have none of their own")
    programme_name: str | None
    state: ParticipationState
    quota_asked: int
    quota: int | None = Field(description="Null until it is approved")
    taken: int = Field(description="Places that registrations for exams of the year hold")
    left: int | None = Field(description="Null unless it is approved")
    decision_document: str | None
    allowed_deeds: list[str] = Field(examples=[["approve", "refuse"]], description="What the caller may do next")


class ParticipationDecisionOut(BaseModel):
    """One deed on a participation, and how it stood afterwards."""

    number: int
    deed: str = Field(examples=["approve"])
    state: ParticipationState
    quota_asked: int
    quota: int | None
    taken: int
    decision_document: str | None
    reason: str | None
    recorded_at: datetime
