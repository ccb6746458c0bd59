"""Who decides after whom on quarantined and uploaded results, and where each deed leads."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.errors import OtherPersonNeeded
from x_pilot_api.exams.models import Decision, ResultReviewState, UploadState
from x_pilot_api.identity.permissions import Permission

_WAITING = frozenset({ResultReviewState.PROPOSED})

REVIEWS = Workflow(
    name="result review",
    initial=ResultReviewState.PROPOSED,
    deeds={
        "confirm": Deed(
            frozenset({ResultReviewState.PROPOSED}), ResultReviewState.CONFIRMED, Permission.QUARANTINE_DECIDE
        ),
        "decline": Deed(
            frozenset({ResultReviewState.PROPOSED}), ResultReviewState.DECLINED, Permission.QUARANTINE_DECIDE
        ),
    },
)

UPLOADS = Workflow(
    name="result upload",
    initial=UploadState.WAITING,
    deeds={
        "confirm": Deed(frozenset({UploadState.WAITING}), UploadState.CONFIRMED, Permission.RESULT_UPLOADS_CONFIRM),
        "refuse": Deed(frozenset({UploadState.WAITING}), UploadState.REFUSED, Permission.RESULT_UPLOADS_CONFIRM),
    },
)

FIRST_STATE: Mapping[Decision, ResultReviewState] = MappingProxyType(
    {
        Decision.CONFIRM_OURS: ResultReviewState.PROPOSED,
        Decision.REJECT_ROW: ResultReviewState.PROPOSED,
        # A question decides nothing, so that one person asks it.
        Decision.ASK_ORGANISATION: ResultReviewState.ASKED,
    }
)


def check_other_person(deed: str, *, actor_id: UUID, done: Mapping[str, UUID | None]) -> None:
    """Refuse whoever has had a hand in the result before; `done` says who did what."""
    for what, who in done.items():
        if who == actor_id:
            raise OtherPersonNeeded(deed=deed, done=what)
