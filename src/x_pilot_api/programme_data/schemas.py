"""What is asked and told of the collection of programme data."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.participations.schemas import AcademicYear, DecisionDocument, Quota, QuotaAsked
from x_pilot_api.programme_data.models import FIGURE_MAX, ReturnState, RoundState

LEVELS_MAX = 20

Figure = Annotated[int, Field(strict=True, ge=0, le=FIGURE_MAX)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CollectionRoundIn(_Body):
    """A year's collection to open."""

    academic_year: AcademicYear
    title: Line = Field(examples=["2026-2027学年试点专业数据填报"])
    due_on: Day = Field(description="The last day on which data are in time")


class DueDateIn(_Body):
    """Another day on which data are due."""

    due_on: Day


class LevelWishIn(_Body):
    """One level the programme would take part with."""

    certificate_level_id: UUID
    quota_asked: QuotaAsked


class ProgrammeFiguresIn(_Body):
    """A programme's data, all of them; null is not filled in yet."""

    classes: Figure | None = None
    students: Figure | None = None
    teachers: Figure | None = Field(default=None, description="Teachers of the programme who teach for certificates")
    remark: Paragraph | None = None
    levels: list[LevelWishIn] = Field(default_factory=list[LevelWishIn], max_length=LEVELS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({wish.certificate_level_id for wish in self.levels}) < len(self.levels):
            raise ValueError("levels must name no level twice")
        return self


class ReturnIn(_Body):
    """What is to be corrected."""

    comment: Paragraph


class GrantIn(_Body):
    """What is granted for one level."""

    certificate_level_id: UUID
    quota: Quota


class AcceptanceIn(_Body):
    """Accepting a programme's data by a document; a level that is not named gets what was asked for."""

    decision_document: DecisionDocument
    comment: Paragraph | None = None
    grants: list[GrantIn] = Field(default_factory=list[GrantIn], max_length=LEVELS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({grant.certificate_level_id for grant in self.grants}) < len(self.grants):
            raise ValueError("grants must name no level twice")
        return self


class CollegeProgressOut(BaseModel):
    """How far one college is in a collection, counted in programmes."""

    college_id: UUID
    college_name: str
    draft: int
    submitted: int
    returned: int
    accepted: int
    late: int = Field(description="Submitted after the day they were due on")
    overdue: int = Field(description="Due, and neither submitted nor accepted")


class CollectionRoundOut(BaseModel):
    """One year's collection, and how far the colleges the caller acts for are."""

    id: UUID
    academic_year: str = Field(examples=["2026-2027"])
    title: str
    due_on: date
    state: RoundState
    colleges: list[CollegeProgressOut]
    allowed_deeds: list[str]


class LevelWishOut(BaseModel):
    """One level a programme asks for."""

    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    quota_asked: int


class KnownParticipationOut(BaseModel):
    """What the programme, or its college for it, was granted in a year, and what was used."""

    academic_year: str
    certificate_level_id: UUID
    quota: int
    taken: int


class KnownOut(BaseModel):
    """What the platform knows by itself: the register's enrolled students and active teachers, and participation."""

    classes: int = Field(description="Classes with enrolled students")
    students: int = Field(description="Enrolled students")
    teachers: int = Field(description="Active teachers of the programme's college")
    participations: list[KnownParticipationOut] = Field(description="Of the collection's year and the year before")


class ProgrammeReturnOut(BaseModel):
    """One programme's data of a year, beside what the platform knows."""

    id: UUID
    collection_round_id: UUID
    academic_year: str
    due_on: date
    programme_id: UUID
    programme_code: str
    programme_name: str
    college_id: UUID
    college_name: str
    state: ReturnState
    classes: int | None
    students: int | None
    teachers: int | None
    remark: str | None
    levels: list[LevelWishOut]
    known: KnownOut
    differs: list[str] = Field(examples=[["students"]], description="Where what was typed differs from what is known")
    version: int = Field(description="How often it was submitted")
    is_late: bool | None = Field(description="Null until it was submitted")
    comment: str | None = Field(description="The office's last comment")
    allowed_deeds: list[str]


class ReturnVersionOut(BaseModel):
    """One submission as it was confirmed, and what the register knew at that moment."""

    number: int
    figures: dict[str, object]
    known: dict[str, object]
    is_late: bool
    submitted_at: datetime


class ReturnDecisionOut(BaseModel):
    """One answer of the office."""

    version: int
    state: ReturnState
    comment: str | None
    decision_document: str | None
    granted: dict[str, int] = Field(description="Quota by level id")
    decided_at: datetime


class ReturnHistoryOut(BaseModel):
    """Everything that was submitted and answered."""

    versions: list[ReturnVersionOut]
    decisions: list[ReturnDecisionOut]
