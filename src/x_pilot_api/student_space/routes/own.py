"""Whose space it is that is asked for."""

from typing import Annotated

from fastapi import Depends

from x_pilot_api.core.auth import CurrentActor
from x_pilot_api.student_space import queries
from x_pilot_api.student_space.queries import Own


def get_own(actor: CurrentActor) -> Own:
    """Find whose space it is: the caller's, and nobody else's."""
    return queries.own_of(actor)


CurrentOwn = Annotated[Own, Depends(get_own)]
