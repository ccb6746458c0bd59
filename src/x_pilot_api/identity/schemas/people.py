"""People and their roles, as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.identity.models import Role


class RoleIn(BaseModel):
    """One role to be held somewhere."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    institution_id: UUID | None = Field(
        default=None, description="Where an institution's role is held; a registrar may leave their own out"
    )
    college_id: UUID | None = Field(default=None, description="Of a coordinator, unless narrowed to a programme")
    programme_id: UUID | None = Field(default=None, description="Narrows a coordinator or a teacher to one programme")
    student_id: UUID | None = Field(default=None, description="Who a student is in the register")
    organisation_id: UUID | None = Field(default=None, description="Of org_staff")


class PersonIn(BaseModel):
    """A new person with what they are from the first day."""

    model_config = ConfigDict(extra="forbid")

    username: str = Field(pattern=r"^[a-z0-9][a-z0-9._@-]{2,63}$", examples=["li.hua"])
    name: str = Field(min_length=1, max_length=100, examples=["李华"])
    roles: list[RoleIn] = Field(min_length=1, max_length=10)


class PersonNameIn(BaseModel):
    """A new name of a person."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=100, examples=["李华"])


class RoleOut(BaseModel):
    """One role a person holds, and where."""

    id: UUID
    role: Role = Field(examples=["coordinator"])
    institution_id: UUID | None = Field(description="Null for a role on the platform or in an organisation")
    college_id: UUID | None = Field(description="The college a coordinator acts for")
    programme_id: UUID | None = Field(description="The programme the role is narrowed to")
    student_id: UUID | None = Field(description="Who a student is in the register")
    organisation_id: UUID | None = Field(description="The evaluation organisation of its staff")
    granted_by: UUID | None = Field(description="The person who granted it; null if it came with the installation")
    granted_at: datetime | None = Field(description="When it was granted; null if it came with the installation")


class PersonOut(BaseModel):
    """One person and the roles of theirs that the caller may see."""

    id: UUID
    username: str = Field(examples=["li.hua"])
    name: str = Field(examples=["李华"])
    has_password: bool = Field(description="False until the person has chosen one")
    disabled_at: datetime | None = Field(description="Since when the person cannot sign in; null while they can")
    roles: list[RoleOut]
