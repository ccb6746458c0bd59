"""For which colleges an actor acts."""

from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Role

SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


def own_colleges(actor: Actor) -> frozenset[UUID]:
    """Name the colleges a coordinator acts for; a teacher belongs to one and acts for none."""
    return actor.college_ids if Role.COORDINATOR in actor.roles else frozenset()


def acts_for(actor: Actor, college_id: UUID) -> bool:
    """Tell whether an actor acts for a college: the office for every one."""
    return Role.REGISTRAR in actor.roles or college_id in own_colleges(actor)
