"""Who acts, with what permissions, within what bounds."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


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
    organisation_id: UUID | None = None
    student_id: UUID | None = None
    is_test: bool | None = None
    """What data a machine works on: test data alone, or live data alone; people are bound by their institution."""

    def may(self, permission: str) -> bool:
        """Tell whether the actor's roles include a permission."""
        return permission in self.permissions
