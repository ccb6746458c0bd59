"""What is asked and told of sessions on the pilot."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.pilot_sessions.models import (
    HOURS_MAX,
    MATERIALS_MAX,
    PilotSessionAudience,
    PilotSessionMode,
    PilotSessionState,
)

NAMED_MAX = 5_000
CLASSES_MAX = 100

ClassHours = Annotated[int, Field(strict=True, ge=1, le=HOURS_MAX, description="Whole class hours", examples=[2])]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]{3,500}$", strict=True)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PilotMaterialIn(_Body):
    """One piece of material, and where it is."""

    title: Line
    url: WebAddress = Field(examples=["https://example.edu.cn/1x/notice.pdf"])


class PilotSessionChange(_Body):
    """What a planned session is, all of it; N(17) asks colleges to train their teachers and students."""

    subject: Line = Field(examples=["1+X证书制度试点政策解读"])
    held_on: Day
    mode: PilotSessionMode
    place: Line | None = Field(default=None, description="Needed unless it is held online alone")
    audience: PilotSessionAudience
    speaker: Line
    hours: ClassHours
    materials: list[PilotMaterialIn] = Field(default_factory=list[PilotMaterialIn], max_length=MATERIALS_MAX)
    summary: Paragraph | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.mode != PilotSessionMode.ONLINE and self.place is None:
            raise ValueError("name the place people meet at")
        return self


class PilotSessionIn(PilotSessionChange):
    """A session that a college plans."""

    college_id: UUID


class PilotCancellationIn(_Body):
    """Why a session does not take place."""

    reason: Paragraph


class PilotClassIn(_Body):
    """One class of students."""

    programme_id: UUID
    entry_year: int = Field(strict=True, ge=1990, le=2100)
    class_name: Line


class PilotParticipantsIn(_Body):
    """Who took part: by id, by class, a whole programme, all teachers of the session's college."""

    student_ids: list[UUID] = Field(default_factory=list[UUID], max_length=NAMED_MAX)
    teacher_ids: list[UUID] = Field(default_factory=list[UUID], max_length=NAMED_MAX)
    classes: list[PilotClassIn] = Field(default_factory=list[PilotClassIn], max_length=CLASSES_MAX)
    programme_ids: list[UUID] = Field(
        default_factory=list[UUID], max_length=CLASSES_MAX, description="All students enrolled in them"
    )
    all_teachers: bool = Field(default=False, description="All active teachers of the session's college")

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.student_ids or self.teacher_ids or self.classes or self.programme_ids or self.all_teachers):
            raise ValueError("name somebody who took part")
        return self


class PilotParticipantsRemovalIn(_Body):
    """Who was recorded by mistake."""

    participant_ids: list[UUID] = Field(min_length=1, max_length=NAMED_MAX)


class PilotMaterialOut(BaseModel):
    """One piece of material, and where it is."""

    title: str
    url: str


class PilotSessionOut(BaseModel):
    """One session of a college about the pilot."""

    id: UUID
    college_id: UUID
    college_name: str
    subject: str
    held_on: date
    mode: PilotSessionMode
    place: str | None
    audience: PilotSessionAudience
    speaker: str
    hours: int = Field(description="Whole class hours")
    materials: list[PilotMaterialOut]
    summary: str | None
    state: PilotSessionState
    cancel_reason: str | None
    students: int = Field(description="Students recorded as taking part")
    teachers: int = Field(description="Teachers recorded as taking part")
    allowed_deeds: list[str]


class PilotParticipantsOut(BaseModel):
    """What became of a list of participants."""

    added: int
    already: int = Field(description="Recorded before, and counted once")
    students: int = Field(description="Students recorded now, all together")
    teachers: int = Field(description="Teachers recorded now, all together")


class PilotParticipantOut(BaseModel):
    """Somebody who took part."""

    id: UUID
    student_id: UUID | None
    teacher_id: UUID | None
    number: str = Field(description="Student or staff number")
    name: str
    unit: str = Field(description="The student's class, or the teacher's college")


class PilotSessionFiguresOut(BaseModel):
    """One college's sessions in an academic year: only those held count."""

    college_id: UUID
    college_name: str
    academic_year: str
    sessions: int
    hours: int
    attendances: int = Field(description="Participants of all sessions, somebody in two counted twice")
    students_reached: int = Field(description="Of the pilot students, those who took part in at least one session")
    students: int = Field(description="Students enrolled in pilot programmes of the college")
    students_percent: str | None = Field(description="Two decimal places; null without pilot students")
    teachers_reached: int
    teachers: int = Field(description="Active teachers of the college")
    teachers_percent: str | None = Field(description="Two decimal places; null without teachers")
