"""What becomes of each line of a list of lead units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from x_pilot_api.posts.errors import LeadUnitDayUnfit
from x_pilot_api.posts.models import LeadUnit, LeadUnitOutcome

AUDIT_KIND = "lead_unit"
UNKNOWN, LATER = "certificates_unknown", "later_term_exists"


@dataclass(frozen=True)
class KnownTerm:
    """One term that a category has already."""

    id: UUID
    unit_name: str
    certificate_ids: frozenset[UUID]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Line:
    """One line of a list, its certificates found in the catalogue or not."""

    category: str
    unit_name: str
    certificate_ids: frozenset[UUID]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fate:
    """What becomes of a line: its outcome, why it was refused, and which term it ends or is."""

    outcome: LeadUnitOutcome
    code: str | None = None
    term_id: UUID | None = None


def decide(
    lines: Sequence[Line], known: Mapping[str, Sequence[KnownTerm]], *, valid_from: date, valid_to: date | None
) -> list[Fate]:
    """Decide each line: refused, there already, following another unit, or the first of its category."""
    return [_fate(line, known.get(line.category, ()), valid_from, valid_to) for line in lines]


def _fate(line: Line, terms: Sequence[KnownTerm], valid_from: date, valid_to: date | None) -> Fate:
    if line.unknown:
        return Fate(LeadUnitOutcome.REFUSED, UNKNOWN)
    for term in terms:
        if _is_same(line, term, valid_from, valid_to):
            return Fate(LeadUnitOutcome.UNCHANGED, term_id=term.id)
    met = [term for term in terms if _meet(term, valid_from, valid_to)]
    if any(term.valid_from >= valid_from for term in met):
        return Fate(LeadUnitOutcome.REFUSED, LATER)
    if met:
        return Fate(LeadUnitOutcome.SUCCEEDED, term_id=met[0].id)
    return Fate(LeadUnitOutcome.ADDED)


def _is_same(line: Line, term: KnownTerm, valid_from: date, valid_to: date | None) -> bool:
    there = (term.unit_name, term.certificate_ids, term.valid_from, term.valid_to)
    return there == (line.unit_name, line.certificate_ids, valid_from, valid_to)


def _meet(term: KnownTerm, valid_from: date, valid_to: date | None) -> bool:
    begins_in_time = valid_to is None or term.valid_from <= valid_to
    return begins_in_time and (term.valid_to is None or term.valid_to >= valid_from)


def check_end(unit: LeadUnit, *, last_day: date) -> None:
    """Refuse a last day before the first one, or a second last day."""
    if unit.valid_to is not None or last_day < unit.valid_from:
        raise LeadUnitDayUnfit(
            day=last_day.isoformat(),
            valid_from=unit.valid_from.isoformat(),
            valid_to=unit.valid_to.isoformat() if unit.valid_to else "-",
        )
