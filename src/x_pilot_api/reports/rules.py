"""What may be done with reports, which periods there are, when they are late, and what changed between two figures."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.reports.errors import (
    DueBeforeClosing,
    NarrativeMissing,
    PeriodUnfit,
    ReportNotClosed,
    SectionUnknown,
)
from x_pilot_api.reports.models import Cadence, Report, ReportState, TypeState

TYPE_KIND = "report_type"
REPORT_KIND = "report"

_S = ReportState
_T = TypeState
_P = Permission

TYPE = Workflow(
    name="report type",
    initial=_T.ACTIVE,
    deeds={
        "redefine": Deed(frozenset({_T.ACTIVE}), _T.ACTIVE, _P.REPORT_TYPES_DEFINE),
        "open": Deed(frozenset({_T.ACTIVE}), _T.ACTIVE, _P.REPORT_TYPES_DEFINE),
        "retire": Deed(frozenset({_T.ACTIVE}), _T.RETIRED, _P.REPORT_TYPES_DEFINE),
        "revive": Deed(frozenset({_T.RETIRED}), _T.ACTIVE, _P.REPORT_TYPES_DEFINE),
    },
)

WORKFLOW = Workflow(
    name="report",
    initial=_S.DRAFT,
    deeds={
        "fill": Deed(frozenset({_S.DRAFT, _S.RETURNED}), _S.DRAFT, _P.REPORTS_FILL),
        "submit": Deed(frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, _P.REPORTS_FILL),
        # What was accepted is sent back when it has to be reported anew; what was submitted before stays.
        "send_back": Deed(frozenset({_S.SUBMITTED, _S.ACCEPTED}), _S.RETURNED, _P.REPORTS_DECIDE),
        "accept": Deed(frozenset({_S.SUBMITTED}), _S.ACCEPTED, _P.REPORTS_DECIDE),
    },
)

AWAITED = frozenset({_S.DRAFT, _S.RETURNED})

Sections = Sequence[Mapping[str, Any]]
"""The sections of a version of a type, as they are kept."""

_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.YEARLY: 12}
_QUARTERS = frozenset({1, 4, 7, 10})


@dataclass(frozen=True)
class Period:
    """The days a report is of, the instant its figures are computed as of, and the day it is due."""

    period_from: date
    period_to: date
    closes_at: datetime
    due_on: date


def last_day(cadence: Cadence, period_from: date) -> date | None:
    """Tell the last day of a period that begins on a day; none when such a period does not begin then."""
    months = _MONTHS.get(cadence)
    if months is None or period_from.day != 1 or (cadence is Cadence.QUARTERLY and period_from.month not in _QUARTERS):
        return None
    ends = period_from.year * 12 + period_from.month - 1 + months - 1
    year, month = ends // 12, ends % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def period_of(
    cadence: Cadence,
    *,
    period_from: date,
    period_to: date | None,
    closes_at: datetime | None,
    due_on: date | None,
    due_days: int,
    timezone: str,
) -> Period:
    """Lay a period down: what is not said follows from the type; figures close with the period's last day."""
    expected = period_to if cadence is Cadence.ONCE else last_day(cadence, period_from)
    if expected is None or expected < period_from or (period_to is not None and period_to != expected):
        raise PeriodUnfit(
            cadence=cadence.value,
            period_from=period_from.isoformat(),
            period_to=period_to.isoformat() if period_to else "-",
            expected=expected.isoformat() if expected else "-",
        )
    zone = ZoneInfo(timezone)
    closes = closes_at or datetime.combine(expected + timedelta(days=1), time.min, zone).astimezone(UTC)
    due = due_on or expected + timedelta(days=due_days)
    # Who closes at midnight after the last day may still ask for the report on that very last day.
    closes_on = (closes - timedelta(microseconds=1)).astimezone(zone).date()
    if due < closes_on or due < period_from:
        raise DueBeforeClosing(closes_on=closes_on.isoformat(), due_on=due.isoformat())
    return Period(period_from, expected, closes, due)


def label_of(cadence: Cadence, period_from: date, period_to: date) -> str:
    """Name a period as people do."""
    year = period_from.year
    if cadence is Cadence.MONTHLY:
        return f"{year}年{period_from.month}月"
    if cadence is Cadence.QUARTERLY:
        return f"{year}年第{(period_from.month + 2) // 3}季度"
    if cadence is Cadence.YEARLY:
        return f"{year}年度" if period_from.month == 1 else f"{year}-{period_to.year}年度"
    return f"{period_from.isoformat()} 至 {period_to.isoformat()}"


def codes_of(sections: Sections) -> list[str]:
    """List the figures that sections ask for, in their order."""
    return [code for section in sections for code in section["indicators"]]


def missing_in(sections: Sections, written: Mapping[str, str]) -> list[str]:
    """Name the sections that ask for words and have none."""
    return [section["code"] for section in sections if section["needs_narrative"] and not written.get(section["code"])]


def check_sections(sections: Sections, codes: Iterable[str]) -> None:
    """Refuse words for sections that a report does not have."""
    unknown = sorted(set(codes) - {section["code"] for section in sections})
    if unknown:
        raise SectionUnknown(sections=", ".join(unknown))


def check_submittable(report: Report, *, missing: Sequence[str], now: datetime) -> None:
    """Refuse to submit what is not closed, or not filled in."""
    if now < report.closes_at:
        raise ReportNotClosed(closes_at=report.closes_at.isoformat())
    if missing:
        raise NarrativeMissing(sections=", ".join(missing))


def allowed_deeds(actor: Actor, report: Report, *, missing: Sequence[str], now: datetime) -> list[str]:
    """List what an actor may do with a report next; it is submitted only once it is closed and filled in."""
    ready = now >= report.closes_at and not missing
    return [deed for deed in WORKFLOW.allowed_deeds(actor, state=report.state) if ready or deed != "submit"]


def is_late(*, today: date, due_on: date) -> bool:
    """Tell whether a report comes after the day it was due on."""
    return today > due_on


def is_overdue(state: str, *, today: date, due_on: date) -> bool:
    """Tell whether a report is still waited for after the day it was due on."""
    return state in AWAITED and today > due_on


@dataclass(frozen=True)
class Count:
    """One figure's two sides; without a denominator it is a plain count."""

    numerator: int
    denominator: int | None


@dataclass(frozen=True)
class Difference:
    """What changed from one count to another; the rate in hundredths of a percent, if both have one."""

    numerator: int
    denominator: int | None
    rate: int | None


def rate_of(count: Count) -> int | None:
    """Tell a rate in hundredths of a percent, rounded half up; with nothing below the line there is none."""
    if not count.denominator:
        return None
    exact = Decimal(count.numerator) * 10_000 / Decimal(count.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def difference(before: Count, after: Count) -> Difference:
    """Tell what changed from one count to a later one."""
    was, became = rate_of(before), rate_of(after)
    return Difference(
        after.numerator - before.numerator,
        None if before.denominator is None or after.denominator is None else after.denominator - before.denominator,
        None if was is None or became is None else became - was,
    )


def differs(change: Difference) -> bool:
    """Tell whether anything changed."""
    return bool(change.numerator or change.denominator)
