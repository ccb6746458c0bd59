"""What is asked and told of the policy library."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.publications.models import Change, PolicyKind, PolicyLevel, PolicyState, VersionStanding
from x_pilot_api.publications.schemas.texts import Paragraphs, PublicationBody, SegmentOut


class PolicyContentIn(PublicationBody):
    """What a version of a document says."""

    title: Line = Field(examples=["职业技能等级证书考核管理办法"])
    issuing_body: Line = Field(examples=["教育部"])
    document_number: Code | None = Field(default=None, examples=["教职所〔2020〕22号"])
    issued_on: Day
    kind: PolicyKind
    level: PolicyLevel
    in_force_from: Day
    in_force_to: Day | None = Field(default=None, description="The first day it no longer holds; null is open")
    body: Paragraphs = Field(repr=False, description="Each line is a paragraph")
    source_note: Paragraph | None = Field(default=None, description="Where the text was taken from")
    change_note: Paragraph | None = Field(default=None, description="What is new in this version")


class PolicyDraftIn(PublicationBody):
    """A version to write, of a document that is there or of a new one."""

    policy_document_id: UUID | None = Field(default=None, description="Null enters a new document")
    content: PolicyContentIn


class PolicyRepealIn(PublicationBody):
    """From when on a document no longer holds, and by what."""

    repealed_on: Day = Field(description="The first day it no longer holds")
    repeal_note: Paragraph


class _ContentOut(BaseModel):
    title: str
    issuing_body: str
    document_number: str | None
    issued_on: date
    kind: PolicyKind
    level: PolicyLevel
    in_force_from: date
    in_force_to: date | None = Field(description="The first day it no longer holds; null is open")
    change_note: str | None


class PolicyDraftOut(_ContentOut):
    """A version that is being written."""

    id: UUID
    policy_document_id: UUID
    follows: int | None = Field(description="The number of the version it will follow; null is a new document")
    body: str = Field(repr=False)
    source_note: str | None
    allowed_deeds: list[str]


class PolicyHitOut(_ContentOut):
    """One version that was found, with its hits marked."""

    policy_document_id: UUID
    number: int
    standing: VersionStanding = Field(description="On the day that was asked for")
    repealed_on: date | None
    marked_title: list[SegmentOut]
    marked_number: list[SegmentOut]
    snippet: list[SegmentOut] = Field(description="The place of the text that says most of it")


class PolicyVersionBriefOut(_ContentOut):
    """One version of a document, without its text."""

    number: int
    standing: VersionStanding
    published_at: datetime


class PolicyDocumentOut(BaseModel):
    """One document: the version that holds on a day, or its latest, and every version there is."""

    id: UUID
    state: PolicyState
    repealed_on: date | None
    repeal_note: str | None
    on: date = Field(description="The day it is told for")
    number: int = Field(description="Which version the body is of")
    standing: VersionStanding
    body: str = Field(repr=False)
    source_note: str | None
    versions: list[PolicyVersionBriefOut] = Field(description="The latest first")
    draft_id: UUID | None = Field(description="The version that is being written, for those who may see it")
    allowed_deeds: list[str]


class PolicyVersionOut(_ContentOut):
    """One published version, which never changes."""

    policy_document_id: UUID
    number: int
    body: str = Field(repr=False)
    source_note: str | None
    published_at: datetime


class ComparedParagraphOut(BaseModel):
    """One paragraph as it was and as it is."""

    change: Change
    before: str | None
    after: str | None


class PolicyComparisonOut(BaseModel):
    """Two versions of a document side by side."""

    policy_document_id: UUID
    before: int
    after: int
    title: ComparedParagraphOut
    paragraphs: list[ComparedParagraphOut]
    changed: int = Field(description="How many paragraphs are not the same")
