"""What is asked and told of working groups."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.posts.models import GroupState
from x_pilot_api.posts.models.groups import DUTIES_MAX

MEMBERS_MAX = 60
COVERED_MAX = 60

GroupDocument = Annotated[Line, Field(examples=["苏财院教〔2026〕22号"], description="The document that decides it")]
Duties = Annotated[
    list[Paragraph],
    Field(min_length=1, max_length=DUTIES_MAX, examples=[["监督各证书试点工作情况", "总结试点工作经验"]]),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GroupHolderIn(_Body):
    """Somebody in a group: a teacher of the register, a person of the institution, or somebody of another unit."""

    teacher_id: UUID | None = None
    person_id: UUID | None = None
    outsider_name: Line | None = None
    outsider_unit: Line | None = Field(default=None, description="Where an outsider works")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if sum(each is not None for each in (self.teacher_id, self.person_id, self.outsider_name)) != 1:
            raise ValueError("name one of teacher_id, person_id and outsider_name")
        if (self.outsider_name is None) != (self.outsider_unit is None):
            raise ValueError("an outsider has a unit")
        return self


class GroupMemberIn(GroupHolderIn):
    """Somebody in a group, and what they do there."""

    duty: Line | None = None


class WorkingGroupIn(_Body):
    """A working group proposed for a college, or by the office for a field across colleges; N part three (一)."""

    name: Line = Field(examples=["会计学院1+X证书制度试点工作协作组"])
    college_id: UUID | None = None
    field: Line | None = Field(default=None, examples=["财务会计类"])
    duties: Duties
    opens_on: Day = Field(description="The day it is to stand from")
    leader: GroupHolderIn
    members: list[GroupMemberIn] = Field(default_factory=list[GroupMemberIn], max_length=MEMBERS_MAX)
    certificate_ids: list[UUID] = Field(default_factory=list[UUID], max_length=COVERED_MAX)

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.college_id is None and self.field is None:
            raise ValueError("name a college_id or a field")
        if len(set(self.certificate_ids)) < len(self.certificate_ids):
            raise ValueError("certificate_ids must name none twice")
        return self


class GroupEstablishmentIn(_Body):
    """Establishing a proposed group by a document."""

    document: GroupDocument
    established_on: Day = Field(description="The first day on which it stands")


class GroupDeclineIn(_Body):
    """Not establishing a proposed group."""

    reason: Paragraph


class GroupAdjustmentIn(_Body):
    """Adjusting an established group from a day on, by a document: members, certificates, duties."""

    document: GroupDocument
    effective_on: Day
    note: Paragraph | None = None
    duties: Duties | None = Field(default=None, description="In place of those there are; null leaves them")
    join: list[GroupMemberIn] = Field(default_factory=list[GroupMemberIn], max_length=MEMBERS_MAX)
    leave: list[UUID] = Field(
        default_factory=list[UUID], max_length=MEMBERS_MAX, description="Members' ids; their last day is the day before"
    )
    cover: list[UUID] = Field(default_factory=list[UUID], max_length=COVERED_MAX, description="Certificates to add")
    drop: list[UUID] = Field(default_factory=list[UUID], max_length=COVERED_MAX, description="Certificates to end")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.duties or self.join or self.leave or self.cover or self.drop):
            raise ValueError("say what is adjusted")
        for name in ("leave", "cover", "drop"):
            named: list[UUID] = getattr(self, name)
            if len(set(named)) < len(named):
                raise ValueError(f"{name} must name none twice")
        return self


class LeaderChangeIn(_Body):
    """Another leader from a day on: the one there is leads until the day before."""

    leader: GroupHolderIn
    held_from: Day
    document: GroupDocument
    note: Paragraph | None = None


class GroupDissolutionIn(_Body):
    """Dissolving a group by a document."""

    dissolved_on: Day = Field(description="The first day on which it no longer stands")
    document: GroupDocument
    note: Paragraph | None = None


class GroupCertificateOut(BaseModel):
    """One certificate standard that a group watches."""

    certificate_id: UUID
    certificate_name: str
    covered_from: date
    covered_to: date | None


class GroupLeaderOut(BaseModel):
    """Who leads a group from a day to a day."""

    id: UUID
    teacher_id: UUID | None
    person_id: UUID | None
    name: str
    unit: str | None = Field(description="A teacher's college, or where an outsider works")
    held_from: date
    held_to: date | None = Field(description="The day before the next leader's first, or before the dissolution")
    document: str | None


class GroupMemberOut(BaseModel):
    """One member as of a day."""

    id: UUID
    teacher_id: UUID | None
    person_id: UUID | None
    name: str
    unit: str | None
    duty: str | None
    held_from: date
    held_to: date | None


class GroupDeedOut(BaseModel):
    """One deed on a group."""

    number: int
    deed: str
    effective_on: date
    document: str | None
    note: str | None
    detail: dict[str, object] = Field(description="How many joined, left, were covered; in counts")
    recorded_at: datetime


class WorkingGroupOut(BaseModel):
    """One working group, as it is on a day."""

    id: UUID
    name: str
    college_id: UUID | None
    college_name: str | None
    field: str | None
    state: GroupState
    opens_on: date
    established_on: date | None
    document: str | None
    dissolved_on: date | None
    end_document: str | None
    leader_name: str | None = Field(description="Who leads it on the day; null while it does not stand")
    members: int = Field(description="Members on the day, without the leader")
    certificates: list[GroupCertificateOut] = Field(description="Watched on the day")
    allowed_deeds: list[str]


class WorkingGroupWholeOut(WorkingGroupOut):
    """One working group with everybody in it on a day, all its leaders, and everything that was decided."""

    on: date
    duties: list[str]
    joined: list[GroupMemberOut] = Field(description="Members on the day")
    leaders: list[GroupLeaderOut] = Field(description="All of them, the first one first")
    timeline: list[GroupDeedOut]


class UncoveredCertificateOut(BaseModel):
    """One certificate that a college runs and that no established group watches for it."""

    admission_id: UUID
    college_id: UUID
    college_name: str
    certificate_id: UUID
    certificate_name: str
    organisation_name: str
    admitted_on: date
    levels_approved: int = Field(description="Its levels with approved participation of the college in the year")
    days: int = Field(description="Days since it was admitted")
