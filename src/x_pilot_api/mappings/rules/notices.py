"""When a rule may be shown for objections, until when, and when what was objected stands in its way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings.errors import (
    NoticeMissing,
    NoticeRunning,
    NoticeTooShort,
    ObjectionsOpen,
    ObjectionUpheld,
)
from x_pilot_api.mappings.models import LimitCode, MappingNotice, ObjectionState, PolicyLimit
from x_pilot_api.mappings.rules.limits import basis_of

NOTICE_KIND = "mapping_notice"
OBJECTION_KIND = "mapping_objection"

_O = ObjectionState

OBJECTIONS = Workflow(
    name="mapping objection",
    initial=_O.RAISED,
    deeds={
        "uphold": Deed(frozenset({_O.RAISED}), _O.UPHELD, Permission.MAPPING_OBJECTIONS_ANSWER),
        "dismiss": Deed(frozenset({_O.RAISED}), _O.DISMISSED, Permission.MAPPING_OBJECTIONS_ANSWER),
    },
)


def check_notice_length(starts_on: date, ends_on: date, limits: Sequence[PolicyLimit]) -> None:
    """Refuse a notice shorter than policy asks; its first and last day count."""
    days = (ends_on - starts_on).days + 1
    for limit in limits:
        if limit.code == LimitCode.NOTICE_DAYS and limit.days is not None and days < limit.days:
            raise NoticeTooShort(days=days, needed=limit.days, **basis_of(limit))


@dataclass(frozen=True)
class Shown:
    """What is known of a filed rule's notice: the notice, the states of its objections, the limits that ask for one."""

    notice: MappingNotice | None
    objections: Sequence[str]
    limits: Sequence[PolicyLimit]


def closed_by_notice(shown: Shown, *, today: date) -> set[str]:
    """List the deeds that a rule's notice, or the lack of one, does not let anybody do today."""
    closed = set[str]() if shown.notice is None else {"open_notice"}
    try:
        check_notice_over(shown.notice, shown.objections, shown.limits, today=today)
    except (NoticeMissing, NoticeRunning, ObjectionsOpen, ObjectionUpheld):
        closed.add("publish")
    return closed


def is_on_show(notice: MappingNotice, *, today: date) -> bool:
    """Tell whether a notice is shown today."""
    return notice.starts_on <= today <= notice.ends_on


def check_notice_over(
    notice: MappingNotice | None,
    objections: Collection[str],
    limits: Sequence[PolicyLimit],
    *,
    today: date,
) -> None:
    """Refuse to publish before the notice that policy asks for has ended, and every objection has its answer."""
    if notice is None:
        for limit in limits:
            if limit.code == LimitCode.NOTICE_DAYS and limit.days is not None:
                raise NoticeMissing(days=limit.days, **basis_of(limit))
        return
    if today <= notice.ends_on:
        raise NoticeRunning(ends_on=str(notice.ends_on), today=str(today))
    waiting = sum(state == ObjectionState.RAISED for state in objections)
    if waiting:
        raise ObjectionsOpen(count=waiting)
    upheld = sum(state == ObjectionState.UPHELD for state in objections)
    if upheld:
        raise ObjectionUpheld(count=upheld)
