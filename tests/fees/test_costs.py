"""What an exam costs a candidate, exactly; and what is found about a sheet, with the clause it rests on."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.fees import rules
from x_pilot_api.fees.models import QUANTITY_MAX, SPREAD_MAX, UNIT_COST_MAX, CostElement
from x_pilot_api.fees.rules import Ceiling, ChangeLimit, CostLine, Severity, SheetFacts

elements = st.sampled_from([str(element) for element in CostElement])
lines = st.lists(
    st.builds(
        CostLine,
        position=st.integers(1, 200),
        element=elements,
        payer=st.just("institution"),
        in_kind=st.sampled_from([None, None, "venue", "equipment", "staff"]),
        quantity_hundredths=st.integers(0, QUANTITY_MAX),
        unit_cost_fen=st.integers(0, UNIT_COST_MAX),
        spread_over=st.none() | st.integers(1, SPREAD_MAX),
    ),
    max_size=20,
)
candidates = st.integers(1, 1_000_000)


def _line(element: str = "assessors", **changes: object) -> CostLine:
    line = CostLine(
        position=1,
        element=element,
        payer="institution",
        in_kind=None,
        quantity_hundredths=100,
        unit_cost_fen=10_000,
        spread_over=None,
    )
    return replace(line, **changes)  # pyright: ignore[reportArgumentType]


def _sheet(*given_lines: CostLine, **changes: object) -> SheetFacts:
    sheet = SheetFacts(
        exam_form="computer",
        level="2",
        machine_marked=True,
        candidates=100,
        lines=given_lines,
        ceiling=Ceiling(50_000, "文1"),
    )
    return replace(sheet, **changes)  # pyright: ignore[reportArgumentType]


def _codes(sheet: SheetFacts) -> list[tuple[str, str, int | None]]:
    return [(finding.item.code, finding.severity, finding.position) for finding in rules.lint(sheet)]


@given(lines, candidates)
def test_a_total_is_the_exact_sum_rounded_once(drawn: list[CostLine], of: int) -> None:
    cash = rules.cash_of(drawn, candidates=of)
    rounded = rules.round_fen(cash)
    assert isinstance(rounded, int)
    assert -Fraction(1, 2) < rounded - cash <= Fraction(1, 2)
    assert cash == sum(rules.cash_by_element(drawn, candidates=of).values(), Fraction(0))
    everything = [replace(line, in_kind=None) for line in drawn]
    both = cash + rules.in_kind_of(drawn, candidates=of)
    assert rules.cash_of(everything, candidates=of) == both


@given(lines, candidates)
def test_no_order_of_lines_and_no_splitting_of_one_changes_a_total(drawn: list[CostLine], of: int) -> None:
    halves = [
        part
        for line in reversed(drawn)
        for part in (
            replace(line, quantity_hundredths=line.quantity_hundredths // 2),
            replace(line, quantity_hundredths=line.quantity_hundredths - line.quantity_hundredths // 2),
        )
    ]
    assert rules.cash_of(halves, candidates=of) == rules.cash_of(drawn, candidates=of)


@given(st.integers(0, 10**15), st.integers(1, 10**9))
def test_half_a_fen_is_rounded_upwards(fen: int, of: int) -> None:
    amount = Fraction(fen, of)
    assert rules.round_fen(amount) == (amount + Fraction(1, 2)).__floor__()


def test_the_written_rule_by_example() -> None:
    third = _line(quantity_hundredths=100, unit_cost_fen=100, spread_over=3)
    assert rules.round_fen(rules.line_share(third, candidates=7)) == 33
    assert rules.round_fen(rules.cash_of([third] * 3, candidates=7)) == 100
    assert rules.round_fen(rules.cash_of([_line(unit_cost_fen=1, spread_over=2)], candidates=7)) == 1
    in_kind = _line("venue", in_kind="venue", unit_cost_fen=5_000)
    assert rules.round_fen(rules.in_kind_of([third, in_kind], candidates=2)) == 2_500


@pytest.mark.parametrize(
    ("line", "changes", "found"),
    [
        (_line("paper_setting"), {}, [("setting_cost_not_zero", "breach", 1)]),
        (_line("paper_setting"), {"machine_marked": False}, []),
        (_line("paper_setting", unit_cost_fen=0), {}, []),
        (_line("printing"), {}, [("printing_cost_not_zero", "breach", 1)]),
        (_line("printing"), {"exam_form": "paper"}, []),
        (_line("question_bank"), {}, [("question_bank_spread_thin", "breach", 1)]),
        (_line("question_bank", spread_over=49_999), {}, [("question_bank_spread_thin", "breach", 1)]),
        (_line("question_bank", spread_over=50_000), {}, []),
        (_line("question_bank"), {"candidates": 50_000}, []),
        (_line("venue"), {}, [("resources_paid_for", "warning", 1)]),
        (_line("venue", in_kind="venue"), {}, []),
        (_line(payer="student"), {}, [("borne_by_students", "warning", 1)]),
        (_line(), {"ceiling": None}, [("no_ceiling", "warning", None)]),
        (_line(), {"ceiling": Ceiling(100, "文1")}, []),
        (_line(quantity_hundredths=101), {"ceiling": Ceiling(100, "文1")}, [("cost_above_ceiling", "warning", None)]),
    ],
)
def test_each_line_is_checked_against_the_rules(
    line: CostLine, changes: Mapping[str, object], found: list[tuple[str, str, int | None]]
) -> None:
    assert _codes(_sheet(line, **changes)) == found


def test_above_a_ceiling_is_decided_by_the_fraction_and_not_by_what_it_is_rounded_to() -> None:
    barely = _sheet(_line(unit_cost_fen=100, quantity_hundredths=10_001), ceiling=Ceiling(100, "文1"))
    (finding,) = rules.lint(barely)
    assert finding.item.code == "cost_above_ceiling"
    assert finding.figures == {"cash_fen": 100, "ceiling_fen": 100, "document_number": "文1"}


@given(lines, candidates, st.booleans(), st.sampled_from(["paper", "computer"]))
def test_every_finding_says_its_clause_and_can_be_put_into_words(
    drawn: list[CostLine], of: int, machine_marked: bool, exam_form: str
) -> None:
    sheet = _sheet(*drawn, candidates=of, machine_marked=machine_marked, exam_form=exam_form)
    for finding in rules.lint(sheet):
        assert all(said.format_map(dict(finding.figures)) for said in finding.item.detail)
        assert all(finding.clause)
        if finding.severity is Severity.BREACH:
            assert any(line.position == finding.position and rules.line_amount(line) for line in drawn)


LAST = {"assessors": Fraction(100), "venue": Fraction(50)}


def test_last_year_is_set_beside_this_one_and_without_a_limit_nobody_judges() -> None:
    sheet = _sheet(_line(unit_cost_fen=12_100), last_year=LAST)
    changes = [(element, int(was), int(now)) for element, was, now in rules.changes_of(sheet)]
    assert changes == [("assessors", 100, 121), ("venue", 50, 0), ("total", 150, 121)]
    assert _codes(sheet) == []


@pytest.mark.parametrize(("percent", "elements_found"), [(20, ["assessors", "venue"]), (21, ["venue"]), (100, [])])
def test_a_change_beyond_the_loaded_limit_is_found(percent: int, elements_found: list[str]) -> None:
    sheet = _sheet(_line(unit_cost_fen=12_100), last_year=LAST, limit=ChangeLimit(percent, "文9"))
    found = rules.lint(sheet)
    assert [finding.figures["element"] for finding in found] == elements_found
    assert all("文9" in finding.clause.zh for finding in found)
    assert rules.percent_hundredths(Fraction(100), Fraction(121)) == 2_100
    assert rules.percent_hundredths(Fraction(0), Fraction(1)) is None
