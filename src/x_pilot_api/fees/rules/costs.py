"""What an exam costs a candidate, exactly.

The written rule of rounding: every line and every sum is reckoned as an exact fraction of a fen; a sum is rounded once,
at its end, to the nearest whole fen, half a fen upwards. Shares that are shown one by one are rounded each for itself,
so that they need not add up to the sum. Whether a cost is above a ceiling is decided by the fraction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line as the rules read it."""

    position: int
    element: str
    payer: str
    in_kind: str | None
    quantity_hundredths: int
    unit_cost_fen: int
    spread_over: int | None


def round_fen(amount: Fraction) -> int:
    """Round an amount that is not negative to whole fen, half a fen upwards."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def line_amount(line: CostLine) -> Fraction:
    """Reckon what a line comes to, for all it is spread over."""
    return Fraction(line.quantity_hundredths * line.unit_cost_fen, _HUNDREDTHS)


def line_share(line: CostLine, *, candidates: int) -> Fraction:
    """Reckon a candidate's share of a line: of the sheet's candidates, or of all it is spread over."""
    return line_amount(line) / (line.spread_over or candidates)


def cash_of(lines: Iterable[CostLine], *, candidates: int) -> Fraction:
    """Reckon what is paid for a candidate."""
    return sum((line_share(it, candidates=candidates) for it in lines if it.in_kind is None), Fraction(0))


def in_kind_of(lines: Iterable[CostLine], *, candidates: int) -> Fraction:
    """Reckon what is contributed in kind for a candidate."""
    return sum((line_share(it, candidates=candidates) for it in lines if it.in_kind is not None), Fraction(0))


def cash_by_element(lines: Iterable[CostLine], *, candidates: int) -> Mapping[str, Fraction]:
    """Reckon what is paid for a candidate, element by element."""
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line in lines:
        if line.in_kind is None:
            sums[line.element] += line_share(line, candidates=candidates)
    return sums


def percent_hundredths(was: Fraction, now: Fraction) -> int | None:
    """Tell by how much something changed, in hundredths of a per cent, towards zero; nothing where it was nothing."""
    return int((now - was) / was * 10_000) if was else None


def changed_beyond(was: Fraction, now: Fraction, *, percent: int) -> bool:
    """Tell whether something changed by more than so many per cent; from nothing, any change is more."""
    return abs(now - was) * 100 > was * percent
