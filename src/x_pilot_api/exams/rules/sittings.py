"""Where a sitting is on its way, and what it has to keep to."""

from datetime import date, datetime

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.errors import SeatsTaken, SiteFull, SittingTimeUnfit
from x_pilot_api.exams.models import ExamSitting, SittingState
from x_pilot_api.identity.permissions import Permission

SITTING_KIND = "exam_sitting"


_S = SittingState
_P = Permission

SITTING_WORKFLOW = Workflow(
    name="exam sitting",
    initial=_S.ARRANGED,
    deeds={
        "change": Deed(frozenset({_S.ARRANGED}), _S.ARRANGED, _P.EXAM_SITTINGS_ARRANGE),
        "cancel": Deed(frozenset({_S.ARRANGED, _S.UNDER_WAY}), _S.CANCELLED, _P.EXAM_SITTINGS_ARRANGE),
    },
)


def sitting_state(sitting: ExamSitting, *, now: datetime) -> SittingState:
    """Tell a sitting's state from its times."""
    if sitting.cancelled_at is not None:
        return _S.CANCELLED
    if now < sitting.starts_at:
        return _S.ARRANGED
    return _S.UNDER_WAY if now < sitting.ends_at else _S.ENDED


def sitting_deeds(actor: Actor, sitting: ExamSitting, *, now: datetime) -> list[str]:
    """List what an actor may do with a sitting next."""
    return SITTING_WORKFLOW.allowed_deeds(actor, state=sitting_state(sitting, now=now))


def check_time(starts_at: datetime, *, held_on: date, exam_on: date, now: datetime) -> None:
    """Refuse a sitting that has begun, or that is before the day of the plan's exam."""
    if starts_at <= now or held_on < exam_on:
        raise SittingTimeUnfit(starts_at=starts_at.isoformat(), exam_on=exam_on.isoformat(), now=now.isoformat())


def check_seats(seats: int, *, taken: int, arranged: int, capacity: int) -> None:
    """Refuse fewer seats than registrations hold, and more at one time than the site is approved for."""
    if seats < taken:
        raise SeatsTaken(seats=seats, taken=taken)
    if arranged + seats > capacity:
        raise SiteFull(capacity=capacity, arranged=arranged, asked=seats)
