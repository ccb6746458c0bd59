"""On which days a post is empty, who leads until when, and what becomes of a list of lead units."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.posts.models import LeadUnitOutcome
from x_pilot_api.posts.rules import groups, units
from x_pilot_api.posts.rules.posts import Term, first_gap

FIRST = date(2026, 9, 1)
LAST = date(2026, 9, 30)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@pytest.mark.parametrize(
    ("terms", "gap"),
    [
        ([], 0),
        ([(0, None)], None),
        ([(-10, None)], None),
        ([(1, None)], 0),
        ([(0, 29)], None),
        ([(0, 28)], 29),
        ([(0, 9), (10, None)], None),
        ([(0, 9), (11, None)], 10),
        ([(5, None), (0, 9)], None),
        ([(0, 20), (2, 4)], 21),
        ([(0, 40)], None),
    ],
)
def test_the_first_empty_day_is_found(terms: list[tuple[int, int | None]], gap: int | None) -> None:
    known = [Term(day(begin), None if end is None else day(end)) for begin, end in terms]
    assert first_gap(known, on=FIRST, until=LAST) == (None if gap is None else day(gap))


_TERM = st.tuples(st.integers(-5, 35), st.none() | st.integers(0, 20)).map(
    lambda it: Term(day(it[0]), None if it[1] is None else day(it[0] + it[1]))
)


@given(st.lists(_TERM, max_size=6))
def test_the_first_empty_day_is_the_first_that_no_term_holds(terms: list[Term]) -> None:
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    empty = [each for each in days if not any(term.holds_on(each) for term in terms)]
    assert first_gap(terms, on=FIRST, until=LAST) == (empty[0] if empty else None)


def test_each_leader_leads_until_the_day_before_the_next() -> None:
    begins = [day(0), day(10), day(20)]
    assert groups.last_days(begins, dissolved_on=None) == [day(9), day(19), None]
    assert groups.last_days(begins, dissolved_on=day(25)) == [day(9), day(19), day(24)]
    assert groups.last_days([], dissolved_on=None) == []


def term(begin: int, end: int | None, name: str = "甲校") -> units.KnownTerm:
    return units.KnownTerm(uuid4(), name, frozenset(), day(begin), None if end is None else day(end))


@pytest.mark.parametrize(
    ("known", "outcome", "code"),
    [
        ([], LeadUnitOutcome.ADDED, None),
        ([term(0, None, "乙校")], LeadUnitOutcome.SUCCEEDED, None),
        ([term(0, 9)], LeadUnitOutcome.ADDED, None),
        ([term(0, 10)], LeadUnitOutcome.SUCCEEDED, None),
        ([term(10, None)], LeadUnitOutcome.UNCHANGED, None),
        ([term(10, None, "乙校")], LeadUnitOutcome.REFUSED, units.LATER),
        ([term(15, None)], LeadUnitOutcome.REFUSED, units.LATER),
        ([term(0, 12), term(13, 20)], LeadUnitOutcome.REFUSED, units.LATER),
    ],
)
def test_a_line_follows_what_there_is_and_never_what_comes_later(
    known: list[units.KnownTerm], outcome: LeadUnitOutcome, code: str | None
) -> None:
    line = units.Line("财经商贸类", "甲校", frozenset())
    (fate,) = units.decide([line], {"财经商贸类": known}, valid_from=day(10), valid_to=None)
    assert (fate.outcome, fate.code) == (outcome, code)


def test_a_term_with_an_end_does_not_meet_what_begins_after_it() -> None:
    line = units.Line("财经商贸类", "甲校", frozenset())
    later = {"财经商贸类": [term(15, None, "乙校")]}
    (fate,) = units.decide([line], later, valid_from=day(0), valid_to=day(14))
    assert fate.outcome == LeadUnitOutcome.ADDED
    (fate,) = units.decide([line], later, valid_from=day(0), valid_to=day(15))
    assert fate.code == units.LATER


def test_a_line_with_unknown_certificates_is_refused_whatever_there_is() -> None:
    line = units.Line("财经商贸类", "甲校", frozenset(), ("没有的证书",))
    (fate,) = units.decide([line], {"财经商贸类": [term(10, None)]}, valid_from=day(10), valid_to=None)
    assert (fate.outcome, fate.code) == (LeadUnitOutcome.REFUSED, units.UNKNOWN)
