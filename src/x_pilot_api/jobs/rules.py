"""What may be done to a job from outside, in which state; its other moves are the worker's."""

from collections.abc import Mapping

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.jobs import JobState
from x_pilot_api.core.workflow import Deed, DeedNotAllowed
from x_pilot_api.identity.permissions import Permission

DEEDS: Mapping[str, Deed] = {
    "cancel": Deed(
        frozenset({JobState.QUEUED, JobState.RUNNING, JobState.AWAITING_CONFIRMATION}),
        JobState.CANCELLED,
        Permission.JOBS_CANCEL,
    ),
    "retry": Deed(frozenset({JobState.FAILED}), JobState.QUEUED, Permission.JOBS_RETRY),
}


def target_of(deed: str, *, state: str) -> str:
    """Tell the state a deed leads to, or refuse it."""
    row = DEEDS[deed]
    if state not in row.sources:
        raise DeedNotAllowed(workflow="job", state=state, deed=deed, sources=", ".join(sorted(row.sources)))
    return row.target


def allowed_deeds(actor: Actor, *, state: str, cancel_requested: bool) -> list[str]:
    """List what this actor may do next; a job that is about to end takes no more deeds."""
    open_now = [name for name, deed in DEEDS.items() if state in deed.sources and actor.may(deed.permission)]
    return [] if cancel_requested else open_now
