"""Where a sitting is on its way, and what it has to keep to."""

from datetime import date, datetime

from x_pilot_api.core import errors
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault, ItemCode
from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.errors import SeatsTaken, SiteFull, SittingTimeUnfit
from x_pilot_api.exams.models import ExamSitting, SittingState
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.sites.models import Room

SITTING_KIND = "exam_sitting"


_S = SittingState
_P = Permission

SITTING_WORKFLOW = Workflow(
    name="exam sitting",
    initial=_S.ARRANGED,
    deeds={
        "begin": Deed(frozenset({_S.ARRANGED}), _S.UNDER_WAY, _P.EXAM_SITTINGS_ARRANGE),
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
    deeds = SITTING_WORKFLOW.allowed_deeds(actor, state=sitting_state(sitting, now=now))
    # Nobody begins a sitting: its time comes.
    return [deed for deed in deeds if deed != "begin"]


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


_ROOM = Both("场次所用的一个考场", "One room of a sitting")
_UNFIT = {
    code: ItemCode(code, _ROOM, says, fix)
    for code, says, fix in (
        (
            "room_not_of_site",
            Both("考场不属于该站点。", "The room is not of the site."),
            Both("选择该站点的考场。", "Choose a room of the site."),
        ),
        (
            "room_closed",
            Both("考场未开放。", "The room is not open."),
            Both("换一个考场，或先开放。", "Choose another room, or open it first."),
        ),
        (
            "room_too_small",
            Both("所用座位多于考场座位。", "More seats are used than the room has."),
            Both("减少所用座位，或增加考场。", "Use fewer seats, or another room as well."),
        ),
    )
}
errors.know_items(*_UNFIT.values())


def why_unfit(room: Room | None, *, seats: int) -> str | None:
    """Tell why so many seats of a room cannot be used; null when they can."""
    if room is None:
        return "room_not_of_site"
    if not room.is_open:
        return "room_closed"
    return "room_too_small" if seats > room.seats else None


def room_fault(index: int, code: str, *, language: Language) -> Fault:
    """Point to a room of the request that cannot be used."""
    detail = _UNFIT[code].detail.said_in(language)
    return Fault(pointer=f"/rooms/{index}", code=code, detail=detail, blocking=True)
