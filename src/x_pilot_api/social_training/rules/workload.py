"""What may be done with logged work, which ratio counts on a day, and what hours come to by it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.social_training.errors import WorkloadDayOutside, WorkloadOwn
from x_pilot_api.social_training.models import SocialClass, WorkloadRatio, WorkloadRecord, WorkloadState

RECORD_KIND = "workload_record"
RATIO_KIND = "workload_ratio"

_S = WorkloadState
_P = Permission
_FIRST_MONTH, _LAST_DAY = 9, 31

WORKLOAD = Workflow(
    name="workload record",
    initial=_S.LOGGED,
    deeds={
        "change": Deed(frozenset({_S.LOGGED, _S.REFUSED}), _S.LOGGED, _P.WORKLOAD_LOG),
        "withdraw": Deed(frozenset({_S.LOGGED, _S.REFUSED}), _S.WITHDRAWN, _P.WORKLOAD_LOG),
        "verify": Deed(frozenset({_S.LOGGED}), _S.VERIFIED, _P.WORKLOAD_VERIFY),
        "refuse": Deed(frozenset({_S.LOGGED}), _S.REFUSED, _P.WORKLOAD_VERIFY),
        "reverse": Deed(frozenset({_S.VERIFIED}), _S.REVERSED, _P.WORKLOAD_VERIFY),
    },
)

_LOGGERS = frozenset({"change", "withdraw"})


def allowed_record_deeds(actor: Actor, record: WorkloadRecord, *, decides: bool, has_ratio: bool) -> list[str]:
    """List what an actor may do with a record next: its logger and its deciders never do the same deeds.

    `decides` says whether the actor acts for the class's college, `has_ratio` whether one is in force on its day.
    """
    is_own = record.logged_by == actor.id
    deeds = [
        deed
        for deed in WORKLOAD.allowed_deeds(actor, state=record.state)
        if (is_own if deed in _LOGGERS else decides and not is_own)
    ]
    return [deed for deed in deeds if has_ratio or deed != "verify"]


def check_second_person(actor: Actor, record: WorkloadRecord) -> None:
    """Refuse a decision of whoever logged the work."""
    if record.logged_by == actor.id:
        raise WorkloadOwn


def check_day(class_: SocialClass, worked_on: date, *, today: date) -> None:
    """Refuse work on a day that is still to come or outside of the class."""
    if not class_.starts_on <= worked_on <= min(class_.ends_on, today):
        raise WorkloadDayOutside(
            worked_on=worked_on.isoformat(),
            starts_on=class_.starts_on.isoformat(),
            ends_on=class_.ends_on.isoformat(),
            today=today.isoformat(),
        )


def ratio_on(ratios: Sequence[WorkloadRatio], day: date) -> WorkloadRatio | None:
    """Find the ratio in force on a day; there is one at most."""
    for ratio in ratios:
        if ratio.effective_from <= day and (ratio.effective_to is None or day <= ratio.effective_to):
            return ratio
    return None


def workload_hundredths(hours_tenths: int, *, numerator: int, denominator: int) -> int:
    """Convert tenths of an hour into hundredths of a workload hour, each record rounded once, a half upwards."""
    return (2 * 10 * hours_tenths * numerator + denominator) // (2 * denominator)


def ratio_written(numerator: int, denominator: int) -> str:
    """Write a ratio exactly: as a decimal where it ends, else as a fraction."""
    rest, places = denominator, 0
    while rest % 10 == 0:
        rest //= 10
        places += 1
    twos, fives = _power_of(2, rest), _power_of(5, rest)
    places += max(twos, fives)
    if rest != 2**twos * 5**fives:
        return f"{numerator}/{denominator}"
    scaled = Fraction(numerator, denominator) * 10**places
    whole, part = divmod(int(scaled), 10**places)
    decimals = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{whole}.{decimals}" if decimals else str(whole)


def _power_of(prime: int, number: int) -> int:
    power = 0
    while number % prime == 0:
        number //= prime
        power += 1
    return power


def days_of(academic_year: str) -> tuple[date, date]:
    """Tell the first and the last day of an academic year."""
    first, _, second = academic_year.partition("-")
    return date(int(first), _FIRST_MONTH, 1), date(int(second), _FIRST_MONTH - 1, _LAST_DAY)
