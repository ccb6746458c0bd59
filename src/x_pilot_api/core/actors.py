"""Who acts, with what permissions, within what bounds."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from x_pilot_api.core.errors import NotFound


class ActorKind(StrEnum):
    """What kind of caller it is."""

    PERSON = "person"
    MACHINE = "machine"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what permissions, within what bounds; read anew from the database for each request."""

    id: UUID
    kind: ActorKind
    name: str
    permissions: frozenset[str]
    roles: frozenset[str] = frozenset()
    institution_id: UUID | None = None
    college_ids: frozenset[UUID] = field(default=frozenset())
    programme_ids: frozenset[UUID] = field(default=frozenset())
    """Programmes the actor acts for as they would for a college."""
    seen_programme_ids: frozenset[UUID] | None = None
    """The only programmes the actor sees, when each of their roles is narrowed to some; None sees all of them."""
    organisation_id: UUID | None = None
    student_id: UUID | None = None
    session_id: UUID | None = None
    authenticated_at: datetime | None = None
    """When a person last proved who they are; a deed that asks for a fresh proof reads it."""
    owes: frozenset[str] = frozenset()
    """What a person has to set right first; until then they may do nothing else."""
    is_test: bool | None = None
    """What data a machine works on: test data alone, or live data alone; people are bound by their institution."""

    def own_institution(self) -> UUID:
        """Name the institution the actor acts in; for whoever acts in none there is none."""
        if self.institution_id is None:
            raise NotFound(what="institution", zh="院校")
        return self.institution_id

    def may(self, permission: str) -> bool:
        """Tell whether the actor's roles include a permission."""
        return permission in self.permissions


SYSTEM = Actor(id=UUID(int=0), kind=ActorKind.SYSTEM, name="worker", permissions=frozenset())
"""Who acts when nobody asked."""
