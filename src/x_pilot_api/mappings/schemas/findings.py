"""What findings on showcase programmes look like outside."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field


class FindingCode(StrEnum):
    """What is missing."""

    COLLEGE_WITHOUT_SHOWCASE = "college_without_showcase"
    SHOWCASE_WITHOUT_RULE = "showcase_without_rule"


class FindingOut(BaseModel):
    """One thing that is missing of a college's showcase programmes."""

    code: FindingCode
    college_id: UUID
    programme_id: UUID | None
    saying: str = Field(description="The finding in words")


class FindingsOut(BaseModel):
    """What is missing of showcase programmes, college by college."""

    items: list[FindingOut]
