"""Which ceiling applies on a day, and whether a fee stays under it for its whole period.

Source: the most specific match applies, form + level + category before form + level before form alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from x_pilot_api.fees.errors import CeilingEndsEarlier, CeilingExceeded, CeilingMissing
from x_pilot_api.fees.models import FeeCeiling


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee to be measured: what for, how much, from when until before when."""

    exam_form: str
    level: str
    category: str | None
    fee_fen: int
    effective_from: date
    effective_to: date | None


def choose_ceiling(
    ceilings: Sequence[FeeCeiling], *, exam_form: str, level: str, category: str | None, on: date
) -> FeeCeiling | None:
    """Choose the most specific ceiling in force on a day."""
    fitting = [
        ceiling
        for ceiling in ceilings
        if ceiling.exam_form == exam_form
        and ceiling.level in {None, level}
        and ceiling.category in {None, category}
        and ceiling.effective_from <= on
        and not _ends_before(ceiling.effective_to, on)
    ]
    return max(fitting, key=_specificity, default=None)


def check_fee(ceilings: Sequence[FeeCeiling], fee: Fee) -> FeeCeiling:
    """Give the ceiling a fee rests on, that of its first day; refuse a fee that is above any that comes to apply.

    A more specific ceiling may begin later than the fee: it counts from its first day, as it would have suspended
    the fee had it been issued after it.
    """
    base = _applying(ceilings, fee, on=fee.effective_from)
    if base is None:
        raise CeilingMissing(
            exam_form=fee.exam_form,
            level=fee.level,
            category=fee.category or "-",
            on=fee.effective_from.isoformat(),
        )
    _refuse_above(base, fee, on=fee.effective_from)
    if base.effective_to is not None and (fee.effective_to is None or fee.effective_to > base.effective_to):
        raise CeilingEndsEarlier(
            ceiling_id=str(base.id),
            ceiling_fen=base.amount_fen,
            document_number=base.document_number,
            ceiling_period=written_period(base.effective_from, base.effective_to),
            standard_period=written_period(fee.effective_from, fee.effective_to),
        )
    for day in _days_of_change(ceilings, fee):
        ceiling = _applying(ceilings, fee, on=day)
        if ceiling is not None:
            _refuse_above(ceiling, fee, on=day)
    return base


def written_period(effective_from: date, effective_to: date | None) -> str:
    """Write a period as an ISO 8601 interval, with two dots where no end is known."""
    return f"{effective_from.isoformat()}/{effective_to.isoformat() if effective_to else '..'}"


def _applying(ceilings: Sequence[FeeCeiling], fee: Fee, *, on: date) -> FeeCeiling | None:
    return choose_ceiling(ceilings, exam_form=fee.exam_form, level=fee.level, category=fee.category, on=on)


def _specificity(ceiling: FeeCeiling) -> int:
    return (ceiling.level is not None) + (ceiling.category is not None)


def _ends_before(effective_to: date | None, day: date) -> bool:
    return effective_to is not None and effective_to <= day


def _days_of_change(ceilings: Sequence[FeeCeiling], fee: Fee) -> list[date]:
    """List the days within the fee's period on which another ceiling can come to apply."""
    days = {day for ceiling in ceilings for day in (ceiling.effective_from, ceiling.effective_to) if day is not None}
    return sorted(day for day in days if fee.effective_from < day and not _ends_before(fee.effective_to, day))


def _refuse_above(ceiling: FeeCeiling, fee: Fee, *, on: date) -> None:
    if fee.fee_fen > ceiling.amount_fen:
        raise CeilingExceeded(
            fee_fen=fee.fee_fen,
            ceiling_fen=ceiling.amount_fen,
            ceiling_id=str(ceiling.id),
            document_number=ceiling.document_number,
            on=on.isoformat(),
        )
