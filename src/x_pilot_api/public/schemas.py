"""What the public is told."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.mappings.models import Direction, MappingState
from x_pilot_api.mappings.schemas import MappingCourseOut, MappingGradeOut, MappingOffsetOut, MappingUnitOut


class VerificationOut(BaseModel):
    """Whether a certificate is genuine and stands, now or as of an instant; no identity number, no full name."""

    code: str
    state: str = Field(
        examples=["valid"], description="valid, suspended or revoked; or reissued: another paper took this one's place"
    )
    number: str
    reissued_as: str | None = Field(description="The number of the paper that took this one's place")
    holder: str = Field(examples=["张*"], description="The holder's name, masked")
    certificate: str
    level: str
    organisation: str
    institution: str
    is_test: bool = Field(description="It was issued for trying things out and certifies nothing")
    issued_on: date
    revoked_at: datetime | None
    as_of: datetime = Field(description="The instant this was so at: the one asked for, else the one of the look-up")


class SharedAwardOut(BaseModel):
    """A certificate as its holder chose to show it: what was not chosen is null; whether it stands is always told."""

    state: str = Field(examples=["valid"])
    is_test: bool = Field(description="It was issued for trying things out and certifies nothing")
    holder: str = Field(description="The full name where the holder chose to show it, else masked")
    certificate: str | None
    level: str | None
    organisation: str | None
    institution: str | None
    number: str | None
    issued_on: date | None
    score: HundredthsOut | None = Field(description="Of the best result the certificate rests on")
    credit: HundredthsOut | None = Field(description="What it brought the holder in credits")
    shared_until: datetime
    as_of: datetime


class NoticeDaysOut(BaseModel):
    """From when to when a rule is shown for objections; both days count."""

    id: UUID = Field(description="People of the institution object to it by this")
    starts_on: date
    ends_on: date


class PublicMappingOut(BaseModel):
    """One rule by which an institution converts between a certificate and courses, as everybody may read it."""

    id: UUID
    institution_id: UUID
    institution: str
    organisation: str
    programme_code: str = Field(examples=["530301"])
    programme: str
    certificate: str
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    direction: Direction
    entry_year_from: int
    entry_year_to: int = Field(description="The last entry year, included")
    version: int
    state: MappingState
    courses: list[MappingCourseOut]
    credit: HundredthsOut = Field(description="The sum over the courses")
    grades: list[MappingGradeOut]
    offsets: list[MappingOffsetOut]
    units: list[MappingUnitOut]
    coverage_percent: HundredthsOut | None = Field(description="How much of the standard the courses cover, by weight")
    content_hash: str = Field(description="What both parties agreed to")
    filing_number: str | None
    filed_on: date | None
    effective_from: date | None = Field(description="Null while it is on notice only")
    effective_to: date | None = Field(description="The first day it no longer holds; null is open")
    published_at: datetime | None
    notice: NoticeDaysOut | None


class FeedItemOut(BaseModel):
    """One published version of a rule."""

    id: str
    url: str
    title: str
    content_text: str
    date_published: datetime
    tags: list[str]


class FeedOut(BaseModel):
    """The rules published last, in the form of JSON Feed 1.1."""

    version: str = Field(examples=["https://jsonfeed.org/version/1.1"])
    title: str
    feed_url: str
    language: str
    items: list[FeedItemOut]


class NoticedResultOut(BaseModel):
    """One passed result on public notice; who it is only they themselves can tell."""

    name: str = Field(examples=["王*"])
    admission_number: str = Field(examples=["****0001"])
    certificate: str
    level: str
    total: HundredthsOut | None
    passed: bool | None


class PublicCertificateOut(BaseModel):
    """One certificate of the national catalogue, as everybody may read it."""

    id: UUID
    name: str = Field(examples=["智能财税职业技能等级证书"])
    organisation: str
    batch: str | None = Field(description="The national batch it was announced with")
    basis: str = Field(description="The document it rests on")
    levels: list[str] = Field(examples=[["1", "2", "3"]])


class ResultNoticeInBriefOut(BaseModel):
    """One plan whose passed results are on public notice now."""

    exam_plan_id: UUID
    exam_name: str
    institution: str
    exam_on: date
    starts_at: datetime
    ends_at: datetime = Field(description="Objections end then, and the notice comes down")


class ResultNoticesOut(BaseModel):
    """What is on public notice now, what comes down next first."""

    items: list[ResultNoticeInBriefOut]


class PublicCaseBriefOut(BaseModel):
    """One typical case in a list."""

    id: UUID
    institution: str
    college: str
    certificate: str | None = Field(description="The certificate it is about, if it is about one")
    title: str
    summary: str
    published_at: datetime


class PublicCaseOut(PublicCaseBriefOut):
    """One typical case as everybody may read it."""

    body: str = Field(repr=False, description="Each line is a paragraph")


class PublicBulletinBriefOut(BaseModel):
    """One bulletin for everybody in a list."""

    id: UUID
    institution: str
    title: str
    is_important: bool
    published_at: datetime
    down_on: date = Field(description="The first day it is no longer shown")


class PublicBulletinOut(PublicBulletinBriefOut):
    """One bulletin for everybody."""

    body: str = Field(repr=False, description="Each line is a paragraph")
    correction_note: str | None = Field(description="What it corrects of the bulletin before it, if it does")
