"""What is asked and told of typical cases."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.publications.models import TypicalCaseState
from x_pilot_api.publications.schemas.texts import Paragraphs, PublicationBody


class TypicalCaseChange(PublicationBody):
    """What a case says."""

    title: Line
    summary: Paragraph = Field(description="What it is about, in a few sentences")
    body: Paragraphs = Field(repr=False, description="Each line is a paragraph; no personal data")
    certificate_id: UUID | None = Field(default=None, description="The certificate it is about, if it is about one")


class TypicalCaseIn(TypicalCaseChange):
    """A case to begin."""

    college_id: UUID


class CaseOpinionIn(PublicationBody):
    """What a reviewer thinks of a case."""

    recommends: bool
    opinion: Paragraph


class CaseReasonIn(PublicationBody):
    """Why a case is sent back or taken down."""

    comment: Paragraph


class CaseRemarkIn(PublicationBody):
    """What is said with accepting or publishing a case."""

    comment: Paragraph | None = None


class CaseOpinionOut(BaseModel):
    """What one reviewer thought of one submission."""

    submission: int
    person_name: str
    recommends: bool
    opinion: str
    given_at: datetime


class CaseDecisionOut(BaseModel):
    """One thing the office decided."""

    submission: int
    state: TypicalCaseState
    comment: str | None
    decided_at: datetime


class TypicalCaseBriefOut(BaseModel):
    """One case in a list."""

    id: UUID
    college_id: UUID
    college_name: str
    certificate_id: UUID | None
    certificate_name: str | None
    title: str
    summary: str
    state: TypicalCaseState
    submissions: int = Field(description="How often it was submitted")
    submitted_at: datetime | None
    published_at: datetime | None
    comment: str | None = Field(description="What the office said last")
    opinions_for: int = Field(description="Reviewers who recommend it as it is now")
    opinions_against: int
    allowed_deeds: list[str]


class TypicalCaseOut(TypicalCaseBriefOut):
    """One case, with what was thought of it and decided."""

    body: str = Field(repr=False)
    opinions: list[CaseOpinionOut] = Field(description="For those who review; a college is told the decisions")
    decisions: list[CaseDecisionOut]
