"""What is asked and told of report types and reports."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core import texts
from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.figures.models import FigureUnit
from x_pilot_api.reports.models import DUE_DAYS_MAX, REMIND_DAYS_MAX, Cadence, FeedState, ReportState, TypeState

SECTIONS_MAX = 20
INDICATORS_MAX = 30
NARRATIVE_MAX = 5_000
RECEIPTS_MAX = 5_000

ShortName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$", strict=True)]
"""A code of small letters, digits and underscores."""


Narrative = Annotated[
    str, StringConstraints(min_length=1, max_length=NARRATIVE_MAX, strict=True), AfterValidator(texts.clean_lines)
]
"""What is written in a section: one paragraph a line."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReportSectionIn(_Body):
    """One section of a report: what is to be written in it, and which figures it shows."""

    code: ShortName = Field(examples=["exams"])
    title: Line = Field(examples=["考核组织情况"])
    guidance: Paragraph | None = Field(default=None, description="What is to be written, for who writes it")
    needs_narrative: bool = Field(strict=True, description="Words are asked for; without them it is not submitted")
    indicators: list[ShortName] = Field(max_length=INDICATORS_MAX, description="Codes of the catalogue of figures")


class ReportDefinitionIn(_Body):
    """What a type of report asks for; the days are the institution's own rule, by a document (N(17) names none)."""

    name: Line = Field(examples=["1+X 试点工作月报"])
    basis: Line = Field(description="The document that asks for it", examples=["教〔2026〕17号"])
    due_days: int = Field(
        strict=True, ge=0, le=DUE_DAYS_MAX, description="Days from the last of the period to the day it is due"
    )
    remind_days: int = Field(
        strict=True, ge=0, le=REMIND_DAYS_MAX, description="Days before that day on which colleges are reminded"
    )
    sections: list[ReportSectionIn] = Field(min_length=1, max_length=SECTIONS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [section.code for section in self.sections]
        figures = [code for section in self.sections for code in section.indicators]
        if len(set(codes)) < len(codes) or len(set(figures)) < len(figures):
            raise ValueError("sections must name no code and no indicator twice")
        return self


class ReportTypeIn(ReportDefinitionIn):
    """A type of report to define."""

    code: ShortName = Field(examples=["monthly"])
    cadence: Cadence


class ReportSectionOut(BaseModel):
    """One section as a type has it."""

    code: str
    title: str
    guidance: str | None
    needs_narrative: bool
    indicators: list[str]


class ReportTypeOut(BaseModel):
    """One type of report, as its latest version has it."""

    id: UUID
    code: str
    cadence: Cadence
    state: TypeState
    version: int
    name: str
    basis: str
    due_days: int
    remind_days: int
    sections: list[ReportSectionOut]
    reports: int = Field(description="Reports of this type, of the colleges the caller sees")
    allowed_deeds: list[str]


class ReportPeriodIn(_Body):
    """A period to open; what is left out follows from the type."""

    period_from: Day = Field(examples=["2026-11-01"])
    period_to: Day | None = Field(default=None, description="Asked for only of a report that is asked for once")
    closes_at: AwareDatetime | None = Field(
        default=None, description="The instant as of which figures are computed; else the end of the period's last day"
    )
    due_on: Day | None = Field(default=None, description="The last day on which it is in time; else by the type")


class ReportsOpenedOut(BaseModel):
    """What became of opening a period."""

    period_from: date
    period_to: date
    period_label: str
    closes_at: datetime
    due_on: date
    opened: int = Field(description="Colleges that were given a report; those that had one keep it")


class ReportOut(BaseModel):
    """One college's report of one period."""

    id: UUID
    report_type_id: UUID
    type_code: str
    type_name: str
    type_version: int
    cadence: Cadence
    college_id: UUID
    college_name: str
    period_from: date
    period_to: date
    period_label: str = Field(examples=["2026年11月"])
    closes_at: datetime = Field(description="The instant as of which its figures are computed")
    due_on: date
    state: ReportState
    submissions: int = Field(description="How often it was submitted")
    submitted_by_name: str | None
    submitted_at: datetime | None
    is_late: bool | None = Field(description="Whether it was last submitted after the day it was due; null: never was")
    is_overdue: bool = Field(description="It is still waited for, and the day it was due is over")
    comment: str | None = Field(description="The office's last comment")
    missing_sections: list[str] = Field(description="Sections that ask for words and have none")
    allowed_deeds: list[str]


class ReportChapterOut(ReportSectionOut):
    """One section of a report with what is written in it."""

    narrative: str | None


class ReportDetailOut(ReportOut):
    """One report with its sections."""

    sections: list[ReportChapterOut]


class NarrativeIn(_Body):
    """Words of one section."""

    section_code: ShortName
    body: Narrative = Field(repr=False)


class ReportNarrativesIn(_Body):
    """All words of a report; a section that is left out has none."""

    narratives: list[NarrativeIn] = Field(max_length=SECTIONS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.section_code for each in self.narratives}) < len(self.narratives):
            raise ValueError("narratives must name no section twice")
        return self


class ReportReturnIn(_Body):
    """Why a report is sent back."""

    comment: Paragraph


class ReportAcceptanceIn(_Body):
    """A remark with which a report is accepted."""

    comment: Paragraph | None = None


class FigureCountOut(BaseModel):
    """One figure's two sides."""

    numerator: int
    denominator: int | None = Field(description="Null: a plain count")
    rate_percent: HundredthsOut | None = Field(description="Null with nothing below the line, or a plain count")


class FigureDifferenceOut(BaseModel):
    """What changed from one count to another."""

    numerator: int
    denominator: int | None
    rate_points: HundredthsOut | None = Field(description="Percentage points; null unless both have a rate")


class ReportFigureOut(BaseModel):
    """One figure of a report, beside what it was and what it would be."""

    section_code: str
    code: str
    version: int = Field(description="Of the query; a submitted report keeps the one it was computed with")
    name_zh: str
    name_en: str
    unit: FigureUnit = Field(description="What both sides count; credits are hundredths")
    numerator_zh: str
    numerator_en: str
    denominator_zh: str | None
    denominator_en: str | None
    is_frozen: bool = Field(description="Kept at the last submission; else computed as of the closing instant or now")
    value: FigureCountOut
    previous: FigureCountOut | None = Field(description="In the accepted report of the period before")
    since_previous: FigureDifferenceOut | None
    now: FigureCountOut | None = Field(
        description="Computed as of now by the same version; null for what is not frozen"
    )
    since_submission: FigureDifferenceOut | None = Field(
        description="What corrections since the closing instant changed"
    )
    is_corrected: bool = Field(description="It would be another figure if it were computed now")


class ReportFiguresOut(BaseModel):
    """All figures of a report."""

    as_of: datetime = Field(description="The instant as of which `value` is computed")
    computed_at: datetime = Field(description="The instant as of which `now` is computed")
    submission: int | None = Field(description="The submission whose figures are kept; null: none yet")
    previous_report_id: UUID | None
    previous_label: str | None
    figures: list[ReportFigureOut]


class FrozenFigureOut(BaseModel):
    """One figure as it was submitted."""

    code: str
    version: int
    numerator: int
    denominator: int | None


class ReportSubmissionOut(BaseModel):
    """One submission, as it was."""

    number: int
    as_of: datetime
    is_late: bool
    narratives: dict[str, str]
    submitted_by_name: str
    submitted_at: datetime
    figures: list[FrozenFigureOut]


class ReportDecisionOut(BaseModel):
    """One answer of the office."""

    submission: int
    state: ReportState
    comment: str | None
    decided_by_name: str
    decided_at: datetime


class ReportHistoryOut(BaseModel):
    """Everything that was submitted and answered."""

    submissions: list[ReportSubmissionOut]
    decisions: list[ReportDecisionOut]


class FeedCollectionIn(_Body):
    """Which records are to be collected for the outside platform."""

    retries_refused: bool = Field(
        default=False, strict=True, description="Also what was refused and has not changed since, as its next revision"
    )


class FeedCollectedOut(BaseModel):
    """What was collected."""

    collected: int


class FeedAskedOut(BaseModel):
    """The job that generates and drops what was collected."""

    job_id: UUID


class FeedRecordOut(BaseModel):
    """One revision of what the outside platform is told of one certificate."""

    id: UUID
    award_id: UUID
    revision: int
    holder_name: str
    certificate_name: str
    level: str
    number: str = Field(description="The certificate's own number")
    state: FeedState
    file_name: str | None
    message: str | None = Field(description="What the platform said")
    collected_at: datetime
    written_at: datetime | None
    answered_at: datetime | None


class ReceiptOutcome(StrEnum):
    """What the platform says to a record."""

    ACCEPTED = "accepted"
    PERSON_UNKNOWN = "person_unknown"
    FORMAT_REFUSED = "format_refused"


class FeedReceiptIn(_Body):
    """One receipt of the platform, by the record's own id in the dropped file."""

    record_id: UUID
    outcome: ReceiptOutcome
    message: Line | None = None


class FeedReceiptsIn(_Body):
    """Receipts as the platform gives them."""

    receipts: list[FeedReceiptIn] = Field(min_length=1, max_length=RECEIPTS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.record_id for each in self.receipts}) < len(self.receipts):
            raise ValueError("receipts must name no record twice")
        return self


class FeedReceiptsOut(BaseModel):
    """What became of receipts."""

    applied: int
    ignored: int = Field(description="Records that were not sent, or were answered before, or are not here")
