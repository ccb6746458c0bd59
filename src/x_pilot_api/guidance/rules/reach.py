"""Whose a row of guidance is to write: the office writes all, a coordinator their own colleges'."""

from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Role


def is_own(actor: Actor, college_id: UUID | None) -> bool:
    """Tell whether an actor writes what belongs to a college, or to the office where there is none."""
    if Role.REGISTRAR in actor.roles:
        return True
    return college_id is not None and college_id in actor.college_ids
