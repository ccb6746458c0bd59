"""What is asked and told of colleges, programmes and courses."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Line
from x_pilot_api.registry.models import CourseCategory

_KEEPS = "Null: as it is"


class CollegeIn(BaseModel):
    """A new secondary college."""

    model_config = ConfigDict(extra="forbid")

    code: Code = Field(examples=["01"])
    name: Line = Field(examples=["会计学院"])


class CollegeChange(BaseModel):
    """What changes of a college."""

    model_config = ConfigDict(extra="forbid")

    code: Code | None = Field(default=None, description=_KEEPS)
    name: Line | None = Field(default=None, description=_KEEPS)


class CollegeOut(BaseModel):
    """One secondary college."""

    id: UUID
    code: str
    name: str = Field(examples=["会计学院"])


class CourseOut(BaseModel):
    """One course of a programme."""

    id: UUID
    code: str
    name: str = Field(examples=["财务会计实务"])
    credits: HundredthsOut
    hours: int
    category: str = Field(examples=["core"], description="public, foundation, core, extension, practice or elective")
    is_compulsory: bool


class CourseOfProgrammeOut(CourseOut):
    """One course with the programme it is of."""

    programme_id: UUID


class CourseIn(BaseModel):
    """A new course of a programme."""

    model_config = ConfigDict(extra="forbid")

    programme_id: UUID
    code: Code = Field(examples=["K0101"])
    name: Line = Field(examples=["财务会计实务"])
    credits: HundredthsIn = Field(examples=["4.00"])
    hours: int = Field(strict=True, gt=0, le=10_000, examples=[64])
    category: CourseCategory
    is_compulsory: bool = Field(strict=True)


class CourseChange(BaseModel):
    """What changes of a course; its credits stay while a rule rests on them."""

    model_config = ConfigDict(extra="forbid")

    code: Code | None = Field(default=None, description=_KEEPS)
    name: Line | None = Field(default=None, description=_KEEPS)
    credits: HundredthsIn | None = Field(default=None, description=_KEEPS, examples=["4.00"])
    hours: int | None = Field(default=None, strict=True, gt=0, le=10_000, description=_KEEPS)
    category: CourseCategory | None = Field(default=None, description=_KEEPS)
    is_compulsory: bool | None = Field(default=None, strict=True, description=_KEEPS)


class ProgrammeIn(BaseModel):
    """A new programme of a college."""

    model_config = ConfigDict(extra="forbid")

    college_id: UUID
    code: Code = Field(examples=["530302"], description="The national code: six digits, and T or K where it has one")
    name: Line = Field(examples=["大数据与会计"])
    is_pilot: bool = Field(default=False, strict=True, description="Takes part in the pilot")
    is_showcase: bool = Field(default=False, strict=True, description="The college's showcase programme")


class ProgrammeChange(BaseModel):
    """What changes of a programme."""

    model_config = ConfigDict(extra="forbid")

    college_id: UUID | None = Field(default=None, description=_KEEPS)
    code: Code | None = Field(default=None, description=_KEEPS)
    name: Line | None = Field(default=None, description=_KEEPS)
    is_pilot: bool | None = Field(default=None, strict=True, description=_KEEPS)
    is_showcase: bool | None = Field(default=None, strict=True, description=_KEEPS)


class ProgrammeOut(BaseModel):
    """One programme (major)."""

    id: UUID
    institution_id: UUID
    code: str = Field(examples=["530302"], description="The national code: six digits, and T or K where it has one")
    name: str = Field(examples=["大数据与会计"])
    college: CollegeOut
    is_pilot: bool = Field(description="Takes part in the pilot")
    is_showcase: bool = Field(description="The college's showcase programme")


class ProgrammeWithCoursesOut(ProgrammeOut):
    """One programme with its courses in the order of their codes."""

    courses: list[CourseOut]
