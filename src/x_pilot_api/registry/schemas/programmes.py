"""What is told of programmes and their courses."""

from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut


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
    category: str = Field(examples=["core"], description="foundation, core or elective")
    is_compulsory: bool


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
