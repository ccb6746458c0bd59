"""What was loaded, by the names the dataset uses."""

from dataclasses import dataclass, field
from uuid import UUID

from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS


@dataclass
class Keys:
    """The ids of what was loaded, by the names the dataset uses."""

    institution_id: UUID
    organisations: dict[str, UUID] = field(default_factory=dict[str, UUID])
    certificates: dict[str, UUID] = field(default_factory=dict[str, UUID])
    levels: dict[tuple[str, str], UUID] = field(default_factory=dict[tuple[str, str], UUID])
    colleges: dict[str, UUID] = field(default_factory=dict[str, UUID])
    programmes: dict[str, UUID] = field(default_factory=dict[str, UUID])
    courses: dict[tuple[str, str], UUID] = field(default_factory=dict[tuple[str, str], UUID])
    students: dict[str, UUID] = field(default_factory=dict[str, UUID])

    def actor(self, role: Role, *, college_id: UUID | None = None, organisation_id: UUID | None = None) -> Actor:
        """Act in a role, as the person who set the demonstration up."""
        at_institution = organisation_id is None and role is not Role.OPERATOR
        return Actor(
            id=UUID(int=role_number(role)),
            kind=ActorKind.SYSTEM,
            name="demonstration",
            roles=frozenset({role}),
            permissions=frozenset(PERMISSIONS[role]),
            institution_id=self.institution_id if at_institution else None,
            college_ids=frozenset({college_id} if college_id else ()),
            organisation_id=organisation_id,
        )


def role_number(role: Role) -> int:
    """Tell a number for each role, so that deeds in different roles are those of different people."""
    return list(Role).index(role) + 1
