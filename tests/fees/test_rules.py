"""Which ceiling applies, and what a fee may be."""

from datetime import date

import pytest

from tests.fees.make import DOCUMENT_NUMBER, ceiling_row
from x_pilot_api.fees import rules
from x_pilot_api.fees.errors import CeilingEndsEarlier, CeilingExceeded, CeilingMissing
from x_pilot_api.fees.models import FeeCeiling
from x_pilot_api.fees.rules import Fee

Y26, Y27, Y28 = date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)

form = ceiling_row()
level = ceiling_row(level="2", amount_fen=45_000)
category = ceiling_row(level="2", category="finance", amount_fen=55_000)


def _fee(
    fee_fen: int = 41_500, *, category: str | None = None, begin: date = Y26, end: date | None = Y27, level: str = "2"
) -> Fee:
    return Fee(
        exam_form="computer",
        level=level,
        category=category,
        fee_fen=fee_fen,
        effective_from=begin,
        effective_to=end,
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("computer", "2", "finance"), category),
        (("computer", "2", "trade"), level),
        (("computer", "2", None), level),
        (("computer", "1", "finance"), form),
        (("paper", "2", "finance"), None),
    ],
)
def test_the_most_specific_ceiling_applies(asked: tuple[str, str, str | None], expected: FeeCeiling | None) -> None:
    exam_form, of_level, of_category = asked
    for ceilings in ([form, level, category], [category, level, form]):
        chosen = rules.choose_ceiling(ceilings, exam_form=exam_form, level=of_level, category=of_category, on=Y26)
        assert chosen is expected


@pytest.mark.parametrize(
    ("day", "applies"),
    [(date(2025, 12, 31), False), (Y26, True), (date(2026, 12, 31), True), (Y27, False)],
)
def test_a_ceiling_applies_from_its_first_day_until_before_its_end(day: date, applies: bool) -> None:
    ceiling = ceiling_row(effective_to=Y27)
    chosen = rules.choose_ceiling([ceiling], exam_form="computer", level="1", category=None, on=day)
    assert (chosen is ceiling) is applies


def test_a_fee_may_be_as_high_as_the_ceiling() -> None:
    assert rules.check_fee([form], _fee(50_000, end=None)) is form


def test_a_fee_above_the_ceiling_is_refused_with_both_amounts() -> None:
    with pytest.raises(CeilingExceeded) as refused:
        rules.check_fee([form], _fee(50_001))
    assert refused.value.figures == {
        "fee_fen": 50_001,
        "ceiling_fen": 50_000,
        "ceiling_id": str(form.id),
        "document_number": DOCUMENT_NUMBER,
        "on": "2026-01-01",
    }


def test_a_more_specific_ceiling_may_be_the_higher_one() -> None:
    assert rules.check_fee([form, level, category], _fee(55_000, category="finance")) is category


def test_a_fee_without_a_ceiling_on_its_first_day_is_refused() -> None:
    later = ceiling_row(effective_from=Y27)
    with pytest.raises(CeilingMissing) as refused:
        rules.check_fee([later, level], _fee(begin=date(2025, 1, 1), end=None))
    assert refused.value.figures == {
        "exam_form": "computer",
        "level": "2",
        "category": "-",
        "on": "2025-01-01",
    }


@pytest.mark.parametrize(("end", "written"), [(Y28, "2026-01-01/2028-01-01"), (None, "2026-01-01/..")])
def test_a_fee_that_outlasts_its_ceiling_is_refused(end: date | None, written: str) -> None:
    ends = ceiling_row(effective_to=Y27)
    follows = ceiling_row(effective_from=Y27)
    with pytest.raises(CeilingEndsEarlier) as refused:
        rules.check_fee([ends, follows], _fee(end=end))
    assert refused.value.figures["ceiling_period"] == "2026-01-01/2027-01-01"
    assert refused.value.figures["standard_period"] == written


def test_a_fee_may_end_with_its_ceiling() -> None:
    ends = ceiling_row(effective_to=Y27)
    assert rules.check_fee([ends], _fee(end=Y27)) is ends


def test_a_lower_ceiling_that_begins_within_the_period_counts_too() -> None:
    later = ceiling_row(level="2", amount_fen=40_000, effective_from=date(2026, 7, 1))
    with pytest.raises(CeilingExceeded) as refused:
        rules.check_fee([form, later], _fee(41_500))
    assert (refused.value.figures["ceiling_fen"], refused.value.figures["on"]) == (40_000, "2026-07-01")
    assert rules.check_fee([form, later], _fee(41_500, end=date(2026, 7, 1))) is form
    assert rules.check_fee([form, later], _fee(41_500, level="1")) is form


def test_a_lower_ceiling_counts_again_when_a_more_specific_one_ends() -> None:
    lower = ceiling_row(level="2", amount_fen=40_000, effective_from=date(2026, 3, 1))
    shields = ceiling_row(level="2", category="finance", effective_from=date(2026, 2, 1), effective_to=date(2026, 9, 1))
    with pytest.raises(CeilingExceeded) as refused:
        rules.check_fee([form, lower, shields], _fee(41_500, category="finance"))
    assert refused.value.figures["on"] == "2026-09-01"
    assert rules.check_fee([form, lower, shields], _fee(41_500, category="finance", end=date(2026, 9, 1))) is form
