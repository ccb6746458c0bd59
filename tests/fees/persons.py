"""Who sets fees, in tests of the commands."""

from uuid import UUID, uuid4

from tests.world import World
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS

OPERATOR = Actor(id=uuid4(), kind=ActorKind.PERSON, name="operator", permissions=PERMISSIONS[Role.OPERATOR])


def _person(role: Role, *, institution_id: UUID | None = None, organisation_id: UUID | None = None) -> Actor:
    return Actor(
        id=uuid4(),
        kind=ActorKind.PERSON,
        name=role,
        permissions=PERMISSIONS[role],
        roles=frozenset({role}),
        institution_id=institution_id,
        organisation_id=organisation_id,
    )


def registrar(world: World, school: int = 0) -> Actor:
    """Act for the office of an institution."""
    return _person(Role.REGISTRAR, institution_id=world.schools[school].id)


def coordinator(world: World, school: int = 0) -> Actor:
    """Act for a college of an institution."""
    return _person(Role.COORDINATOR, institution_id=world.schools[school].id)


def org_staff(world: World, organisation: int = 0) -> Actor:
    """Act for an evaluation organisation."""
    return _person(Role.ORG_STAFF, organisation_id=world.organisations[organisation].id)
