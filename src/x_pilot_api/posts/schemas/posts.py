"""What is asked and told of the posts of colleges."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.posts.models import PostKind, PostState

AppointmentDocument = Annotated[
    Line, Field(examples=["苏财院教〔2026〕18号"], description="The document that decides it")
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PostHolderIn(_Body):
    """Who is to hold a post: a teacher of the register, or a person of the institution who is none."""

    teacher_id: UUID | None = None
    person_id: UUID | None = Field(default=None, description="Taken as the teacher whom the person signs in as, if any")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.teacher_id is None) == (self.person_id is None):
            raise ValueError("name either teacher_id or person_id")
        return self


class CollegePostIn(_Body):
    """Somebody proposed for a post of a college: N(14) person in charge and dedicated staff, N(17) liaison."""

    college_id: UUID
    kind: PostKind
    holder: PostHolderIn
    held_from: Day = Field(description="The first day of the term")
    held_to: Day | None = Field(default=None, description="The last day of the term; null goes on until it is ended")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.held_to is not None and self.held_to < self.held_from:
            raise ValueError("held_to must not be before held_from")
        return self


class PostAppointmentIn(_Body):
    """Appointing who was proposed, by a document."""

    document: AppointmentDocument


class PostDeclineIn(_Body):
    """Not appointing who was proposed."""

    reason: Paragraph


class PostEndIn(_Body):
    """Ending a term by a document; somebody else may follow later, and until then the post is empty."""

    held_to: Day = Field(description="The last day of the term")
    document: AppointmentDocument


class PostHandoverIn(_Body):
    """Handing a post over: the term there is ends on the day before, and another begins."""

    holder: PostHolderIn
    held_from: Day = Field(description="The first day of the new term")
    held_to: Day | None = None
    document: AppointmentDocument
    note: Paragraph | None = Field(default=None, description="What was handed over")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.held_to is not None and self.held_to < self.held_from:
            raise ValueError("held_to must not be before held_from")
        return self


class CollegePostOut(BaseModel):
    """One term of one holder in a post; first and last day are part of it."""

    id: UUID
    college_id: UUID
    college_name: str
    kind: PostKind
    state: PostState
    teacher_id: UUID | None
    person_id: UUID | None
    holder_name: str
    staff_number: str | None
    held_from: date
    held_to: date | None
    document: str | None
    end_document: str | None
    handover_note: str | None
    decline_reason: str | None
    succeeds_id: UUID | None = Field(description="The term that this one was handed over from")
    allowed_deeds: list[str]


class PostFillingOut(BaseModel):
    """How one post of one college is filled on a day."""

    kind: PostKind
    holders: list[CollegePostOut] = Field(description="Who holds it on the day")
    is_filled: bool
    gap_from: date | None = Field(description="The first day within the period without anybody; null without a gap")


class PostsOfCollegeOut(BaseModel):
    """One college's three posts."""

    college_id: UUID
    college_code: str
    college_name: str
    is_pilot: bool = Field(description="Whether it has pilot programmes: only then the notice asks for the posts")
    posts: list[PostFillingOut]


class PostCoverageOut(BaseModel):
    """Colleges beside their posts as of a day, and what will be empty within a period; N(14), N(17)."""

    on: date
    until: date
    colleges: list[PostsOfCollegeOut]
    unfilled: int = Field(description="Posts of pilot colleges that nobody holds on the day")
    opening: int = Field(description="Posts of pilot colleges that are held on the day, and empty later in the period")
