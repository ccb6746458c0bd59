"""What is asked and told of bulletins."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.publications.models import AudienceRole, BulletinState
from x_pilot_api.publications.schemas.texts import Paragraphs, PublicationBody

AUDIENCE_MAX = 30


class AudiencePartIn(PublicationBody):
    """One part of whom a bulletin is for."""

    role: AudienceRole | None = Field(default=None, description="Null is everybody")
    college_id: UUID | None = Field(default=None, description="Only people of this college")
    programme_id: UUID | None = Field(default=None, description="Only people of this programme, its students above all")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.college_id is not None and self.programme_id is not None:
            raise ValueError("name a college or a programme, not both")
        return self


class BulletinDraftChange(PublicationBody):
    """What a bulletin says, to whom, and until when."""

    title: Line
    body: Paragraphs = Field(repr=False)
    is_important: bool = False
    is_public: bool = Field(default=False, description="Everybody reads it, without signing in; the office alone does")
    down_on: Day = Field(description="The first day it is no longer shown")
    audience: list[AudiencePartIn] = Field(default_factory=list[AudiencePartIn], max_length=AUDIENCE_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(part.role, part.college_id, part.programme_id) for part in self.audience}) < len(self.audience):
            raise ValueError("audience must name no part twice")
        return self


class BulletinDraftIn(BulletinDraftChange):
    """A bulletin to write: the office's, or a college's."""

    college_id: UUID | None = Field(default=None, description="The college that tells it; null is the office")


class BulletinCorrectionIn(PublicationBody):
    """Why a published bulletin is to be followed by a corrected one."""

    correction_note: Paragraph


class BulletinWithdrawalIn(PublicationBody):
    """Why a bulletin comes down before its day."""

    withdrawal_note: Paragraph


class AudiencePartOut(BaseModel):
    """One part of whom a bulletin is for."""

    role: AudienceRole | None
    college_id: UUID | None
    college_name: str | None
    programme_id: UUID | None
    programme_name: str | None


class BulletinReachOut(BaseModel):
    """How many a bulletin is for today, and how many of them have read it."""

    addressed: int
    read: int


class BulletinDraftOut(BaseModel):
    """A bulletin that is being written."""

    id: UUID
    college_id: UUID | None
    college_name: str | None
    title: str
    body: str = Field(repr=False)
    is_important: bool
    is_public: bool
    down_on: date
    audience: list[AudiencePartOut]
    supersedes_id: UUID | None
    correction_note: str | None
    allowed_deeds: list[str]


class ReachPartOut(BaseModel):
    """How many of one role in one college a draft would reach."""

    role: AudienceRole
    college_id: UUID | None
    college_name: str | None
    people: int


class DraftReachOut(BaseModel):
    """Whom a draft would reach if it were published now."""

    people: int = Field(description="Each person once, whatever roles they hold")
    parts: list[ReachPartOut] = Field(description="Somebody with two roles is in two of them")


class BulletinBriefOut(BaseModel):
    """One bulletin in a list."""

    id: UUID
    college_id: UUID | None
    college_name: str | None = Field(description="The college that tells it; null is the office")
    title: str
    is_important: bool
    is_public: bool
    state: BulletinState
    published_at: datetime
    down_on: date
    supersedes_id: UUID | None = Field(description="The bulletin that this one corrects")
    superseded_by: UUID | None
    is_addressed: bool = Field(description="It is for the caller")
    read_at: datetime | None = Field(description="When the caller read it")
    reach: BulletinReachOut | None = Field(description="For those who follow it")
    allowed_deeds: list[str]


class BulletinOut(BulletinBriefOut):
    """One bulletin with its words."""

    body: str = Field(repr=False)
    correction_note: str | None
    withdrawal_note: str | None
    audience: list[AudiencePartOut]


class BulletinReaderOut(BaseModel):
    """One of those a bulletin is for, and when they read it."""

    person_id: UUID
    name: str
    roles: list[AudienceRole]
    college_names: list[str]
    read_at: datetime | None


class UnreadBulletinsOut(BaseModel):
    """How many bulletins wait for the caller."""

    unread: int
    important: int
