"""What may be done with a class, and when."""

from collections.abc import Mapping
from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, DeedNotAllowed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.social_training.errors import (
    ClassDaysUsed,
    ClassEmpty,
    ClassHoursUsed,
    ClassNotBegun,
    ClassPlacesTaken,
    ResultsMissing,
)
from x_pilot_api.social_training.models import ClassState, ParticipantState, SocialClass, SocialParticipant

CLASS_KIND = "social_class"
PARTICIPANT_KIND = "social_participant"

_S = ClassState
_RUN = Permission.SOCIAL_CLASSES_RUN

CLASS = Workflow(
    name="social class",
    initial=_S.DRAFT,
    deeds={
        "open": Deed(frozenset({_S.DRAFT}), _S.OPEN, _RUN),
        "start": Deed(frozenset({_S.OPEN}), _S.RUNNING, _RUN),
        "finish": Deed(frozenset({_S.RUNNING}), _S.FINISHED, _RUN),
        "cancel": Deed(frozenset({_S.DRAFT, _S.OPEN, _S.RUNNING}), _S.CANCELLED, _RUN),
    },
)

_P = ParticipantState

PARTICIPANT = Workflow(
    name="social participant",
    initial=_P.ENROLLED,
    deeds={
        "withdraw": Deed(frozenset({_P.ENROLLED}), _P.WITHDRAWN, _RUN),
        # Whoever had left is added again like anybody else.
        "rejoin": Deed(frozenset({_P.WITHDRAWN}), _P.ENROLLED, _RUN),
    },
)

BESIDE: Mapping[str, tuple[frozenset[ClassState], Permission]] = {
    "change": (frozenset({_S.DRAFT, _S.OPEN, _S.RUNNING}), _RUN),
    "enrol": (frozenset({_S.OPEN, _S.RUNNING}), _RUN),
    "withdraw_participant": (frozenset({_S.OPEN, _S.RUNNING}), _RUN),
    # What was entered wrongly is put right after the class too, as long as there is an exam to come.
    "record_attendance": (frozenset({_S.RUNNING, _S.FINISHED}), _RUN),
    "register_for_exam": (frozenset({_S.RUNNING, _S.FINISHED}), _RUN),
    "log_workload": (frozenset({_S.RUNNING, _S.FINISHED}), Permission.WORKLOAD_LOG),
}
"""What is done within a class and leaves it in its state."""


def check_beside(deed: str, class_: SocialClass) -> None:
    """Refuse what the class's state does not admit."""
    sources, _ = BESIDE[deed]
    if class_.state not in sources:
        raise DeedNotAllowed(workflow=CLASS.name, state=class_.state, deed=deed, sources=", ".join(sorted(sources)))


def allowed_class_deeds(
    actor: Actor, class_: SocialClass, *, today: date, missing: int, runs: bool, teaches: bool
) -> list[str]:
    """List what an actor may do with a class next; `missing` counts who has no result, `runs` whose class it is."""
    deeds = CLASS.allowed_deeds(actor, state=class_.state) if runs else []
    if class_.taken == 0 or today < class_.starts_on:
        deeds = [deed for deed in deeds if deed != "start"]
    if missing:
        deeds = [deed for deed in deeds if deed != "finish"]
    for deed, (sources, permission) in BESIDE.items():
        concerned = teaches if deed == "log_workload" else runs
        if concerned and class_.state in sources and actor.may(permission):
            deeds.append(deed)
    return [deed for deed in deeds if class_.taken or deed not in {"record_attendance", "register_for_exam"}]


def allowed_participant_deeds(actor: Actor, participant: SocialParticipant, *, state: str, runs: bool) -> list[str]:
    """List what an actor may do with a participant next, in a class of a state."""
    sources, _ = BESIDE["withdraw_participant"]
    deeds = PARTICIPANT.allowed_deeds(actor, state=participant.state) if runs and state in sources else []
    return [deed for deed in deeds if deed == "withdraw"]


def check_started(class_: SocialClass, *, today: date) -> None:
    """Refuse to begin a class before its day or without anybody."""
    if today < class_.starts_on:
        raise ClassNotBegun(starts_on=class_.starts_on.isoformat(), today=today.isoformat())
    if class_.taken == 0:
        raise ClassEmpty


def check_finished(*, missing: int) -> None:
    """Refuse to finish a class while somebody has no result."""
    if missing:
        raise ResultsMissing(missing=missing)


def check_change(class_: SocialClass, *, attended_tenths: int, worked: tuple[date, date] | None) -> None:
    """Refuse a class as it would be where what has happened in it would no longer fit."""
    if class_.places < class_.taken:
        raise ClassPlacesTaken(places=class_.places, taken=class_.taken)
    if class_.hours_tenths < attended_tenths:
        raise ClassHoursUsed(hours_tenths=class_.hours_tenths, attended_tenths=attended_tenths)
    if worked is not None and not (class_.starts_on <= worked[0] and worked[1] <= class_.ends_on):
        raise ClassDaysUsed(first_on=worked[0].isoformat(), last_on=worked[1].isoformat())
