"""Passed courses stand for parts of an assessment, by a published rule that says what they count as."""

from datetime import UTC, datetime

import pytest

from tests.credits.converting import Clerk, refused
from tests.exams.desk import set_clock


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 15, 4, tzinfo=UTC))


async def test_passed_courses_go_the_chain_and_exempt_from_a_component(clerk: Clerk) -> None:
    mapping_id = await clerk.offset_rule(0, 1, share=50)
    await clerk.pass_course(0, 0)
    await clerk.pass_course(0, 1, word="优秀")
    (made,) = await clerk.request_offsets(clerk.offset(mapping_id, 0, 1), who="student")
    await clerk.grant(made, until="confirm")
    assert await clerk.ask("SELECT count(*) FROM component_offsets") == 0
    assert (await clerk.decide("record", made)).json() == {"decided": 1, "granted": 1, "credit_used": "0.00"}
    found = await clerk.read(made)
    assert (found["direction"], found["state"], found["credit"]) == ("course_to_assessment", "granted", "0.00")
    assert [(it["component_code"], it["share_percent"], it["counts_as_percent"]) for it in found["offsets"]] == [
        ("theory", 50, 80), ("theory", 50, 80)
    ]  # fmt: skip
    assert all(it["grade_id"] for it in found["courses"])
    assert await clerk.ask("SELECT sum(share_percent) FROM component_offsets WHERE ended_at IS NULL") == 100


@pytest.mark.parametrize(
    ("least", "word", "score", "code"),
    [
        ("良好", "良好", None, None),
        ("良好", "优秀", None, None),
        ("良好", "及格", None, "grade_below_least"),
        ("良好", None, 9_500, "grades_not_comparable"),
        ("80", None, 8_000, None),
        ("80.50", None, 8_049, "grade_below_least"),
        ("80", "优秀", None, "grades_not_comparable"),
        ("合格", "合格", None, None),
        ("合格", "良好", None, "grades_not_comparable"),
    ],
)
async def test_the_least_grade_is_compared_within_one_scale(
    clerk: Clerk, least: str, word: str | None, score: int | None, code: str | None
) -> None:
    mapping_id = await clerk.offset_rule(0, least=least)
    await clerk.pass_course(0, 0, word=word, score=score)
    answer = await clerk.post("coordinator", "conversions:offset", wishes=[clerk.offset(mapping_id, 0)])
    assert (None if answer.status_code == 201 else refused(answer)[0]) == code


async def test_what_a_rule_does_not_say_or_a_student_did_not_reach_is_refused(clerk: Clerk) -> None:
    unsaid = await clerk.offset_rule(1, counts_as=None, level="1")
    mapping_id = await clerk.offset_rule(0)

    async def code(*wishes: object, who: str = "coordinator") -> str:
        return (await clerk.refusal(*wishes, who=who, path="conversions:offset"))[0]  # type: ignore[arg-type]

    assert await code(clerk.offset(mapping_id, 0)) == "course_not_passed"
    await clerk.pass_course(0, 0)
    await clerk.pass_course(0, 1)
    assert await code(clerk.offset(unsaid, 1)) == "offset_counts_unsaid"
    assert await code(clerk.offset(mapping_id, 1)) == "course_not_of_rule"
    assert await code(clerk.offset(mapping_id, 0), who="sibling_coordinator") == "offset_rule_unknown"
    assert await code(clerk.offset(mapping_id, 0, index=1), who="student") == "offset_rule_unknown"
    assert await code(clerk.offset(mapping_id, 0), clerk.offset(mapping_id, 0)) == "offset_already"
    await clerk.request_offsets(clerk.offset(mapping_id, 0))
    assert await code(clerk.offset(mapping_id, 0)) == "offset_already"


async def test_a_grade_corrected_before_the_grant_is_found_out(clerk: Clerk) -> None:
    mapping_id = await clerk.offset_rule(0)
    await clerk.pass_course(0, 0)
    (made,) = await clerk.request_offsets(clerk.offset(mapping_id, 0))
    await clerk.grant(made, until="confirm")
    await clerk.ask(
        "INSERT INTO course_grades (institution_id, student_id, course_id, term, attempt, revision, grade_word, passed,"
        " reason) SELECT institution_id, student_id, course_id, term, attempt, 2, '不及格', false, '复查'"
        " FROM course_grades RETURNING 1"
    )
    assert refused(await clerk.decide("record", made))[0] == "course_not_passed"
