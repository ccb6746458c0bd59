"""What a rule may say: it does not contradict itself, its hash holds all of it, and versions are told apart."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.mappings import rules
from x_pilot_api.mappings.errors import TermsUnfit
from x_pilot_api.mappings.rules import Content, CourseTerms, CoverageTerms, GradeTerms, OffsetTerms, UnitTerms

ONE, TWO, OTHER = UUID(int=7), UUID(int=8), UUID(int=9)
UNITS = (
    UnitTerms("U1", "票据", 40, (CoverageTerms(ONE, 50), CoverageTerms(TWO, 50))),
    UnitTerms("U2", "核算", 60, (CoverageTerms(TWO, 25),)),
)
FORTH = Content(
    UUID(int=6),
    UUID(int=5),
    "certificate_to_course",
    2024,
    2026,
    courses=(CourseTerms(ONE, 250, "良好"), CourseTerms(TWO, 400, None)),
    grades=(GradeTerms(6000, "合格"), GradeTerms(8500, "优秀")),
    units=UNITS,
)
BACK = replace(
    FORTH,
    direction="course_to_assessment",
    courses=(CourseTerms(ONE, 250, "70"), CourseTerms(TWO, 400, "80")),
    grades=(),
    scheme_id=UUID(int=4),
    offsets=(OffsetTerms("theory", ONE, 40), OffsetTerms("theory", TWO, 60), OffsetTerms("practical", TWO, 100)),
)


def test_both_directions_hold() -> None:
    rules.check_content(FORTH)
    rules.check_content(BACK)


UNFIT = {
    "years_reversed": replace(FORTH, entry_year_to=2023),
    "course_named_twice": replace(FORTH, courses=(*FORTH.courses[:1], *FORTH.courses[:1]), units=()),
    "course_without_grade": replace(FORTH, grades=()),
    "least_grade_missing": replace(BACK, courses=(BACK.courses[0], CourseTerms(TWO, 400, None))),
    "grades_unfit": replace(BACK, grades=FORTH.grades),
    "score_named_twice": replace(FORTH, grades=(*FORTH.grades, GradeTerms(6000, "良好"))),
    "offsets_missing": replace(BACK, offsets=()),
    "offsets_unfit": replace(FORTH, offsets=BACK.offsets),
    "offset_named_twice": replace(BACK, offsets=(BACK.offsets[0], OffsetTerms("theory", ONE, 10))),
    "offset_above_whole": replace(BACK, offsets=(OffsetTerms("theory", ONE, 41), OffsetTerms("theory", TWO, 60))),
    "unit_named_twice": replace(FORTH, units=(UNITS[0], UNITS[0])),
    "weights_unfit": replace(FORTH, units=UNITS[:1]),
    "coverage_named_twice": replace(
        FORTH, units=(UNITS[0], replace(UNITS[1], covered_by=(CoverageTerms(TWO, 10), CoverageTerms(TWO, 10))))
    ),
    "coverage_above_whole": replace(
        FORTH, units=(UNITS[0], replace(UNITS[1], covered_by=(CoverageTerms(ONE, 50), CoverageTerms(TWO, 51))))
    ),
    "course_not_of_rule": replace(BACK, offsets=(OffsetTerms("theory", OTHER, 40),)),
}


@pytest.mark.parametrize("problem", UNFIT)
def test_a_contradiction_is_refused_by_its_name(problem: str) -> None:
    with pytest.raises(TermsUnfit) as refused:
        rules.check_content(UNFIT[problem])
    assert refused.value.figures["problem"] == problem
    assert refused.value.figures["problem_zh"] != refused.value.figures["problem_en"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(BACK, scheme_id=UUID(int=3)),
        replace(BACK, offsets=BACK.offsets[:2]),
        replace(BACK, offsets=(*BACK.offsets[:2], OffsetTerms("practical", TWO, 99))),
        replace(BACK, units=()),
        replace(BACK, units=(replace(UNITS[0], name="票据处理"), UNITS[1])),
        replace(BACK, units=(UNITS[0], replace(UNITS[1], covered_by=()))),
        replace(BACK, courses=(BACK.courses[0], CourseTerms(TWO, 400, "81"))),
    ],
)
def test_whatever_a_rule_says_changes_its_hash(changed: Content) -> None:
    assert rules.hash_content(changed) != rules.hash_content(BACK)


def test_the_hash_of_the_second_format_never_changes() -> None:
    assert rules.hash_content(BACK) == GOLDEN_BACK
    assert rules.hash_content(FORTH) == GOLDEN_FORTH


GOLDEN_BACK = "4e9d5cfa14b604f300eddba1e629c8c068861d23beaf502c0aef882644efbfe1"
GOLDEN_FORTH = "9ce6941904cb97e6cc0a2570a43cc6f37f9b549b94b1569a6d3416330927d5bf"


@given(data=st.data())
def test_the_order_in_which_things_are_named_is_no_content(data: st.DataObject) -> None:
    units = [replace(it, covered_by=data.draw(st.permutations(it.covered_by))) for it in UNITS]
    other = replace(
        BACK,
        courses=data.draw(st.permutations(BACK.courses)),
        offsets=data.draw(st.permutations(BACK.offsets)),
        units=data.draw(st.permutations(units)),
    )
    assert rules.hash_content(other) == rules.hash_content(BACK)


def test_coverage_is_weighed() -> None:
    # 40 % of the standard are covered whole, 60 % by a quarter.
    assert rules.coverage_hundredths(UNITS) == 5500
    assert rules.coverage_hundredths(()) is None


places = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("xyz"))


@given(places, places)
def test_differences_turn_one_version_into_the_other(before: dict[str, str], after: dict[str, str]) -> None:
    found = rules.differences(before, after)
    made = {**before, **{it.place: it.after for it in found if it.after is not None}}
    for gone in (it.place for it in found if it.after is None):
        del made[gone]
    assert made == after
    assert all(it.before == before.get(it.place) != it.after for it in found)
    assert [(it.place, it.after, it.before) for it in rules.differences(after, before)] == [
        (it.place, it.before, it.after) for it in found
    ]
