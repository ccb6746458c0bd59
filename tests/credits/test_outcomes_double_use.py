"""A course is recognised as an outcome or takes part in conversions, never both, whoever comes first."""

from datetime import UTC, datetime

import pytest

from tests.credits.converting import Clerk
from tests.credits.outcoming import GRADE, Dean, line
from tests.exams.desk import set_clock
from x_pilot_api.credits import rules


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))


@pytest.fixture
async def dean(clerk: Clerk) -> Dean:
    made = Dean(clerk)
    await made.policy(line(GRADE, "3.00"))
    return made


async def _waive_passed(dean: Dean) -> None:
    answer = await dean.clerk.post(
        "registrar", "policy-limits", code="not_passed", is_waived=True, document_number="教1号",
        effective_from="2026-06-25",
    )  # fmt: skip
    assert answer.status_code == 201, answer.text


async def _convert(dean: Dean) -> str:
    await dean.clerk.earn(0)
    await dean.clerk.policy("registrar")
    (made,) = await dean.clerk.request(await dean.clerk.wish())
    await dean.clerk.decide("approve", made)
    return made


async def launder(dean: Dean) -> tuple[str, str]:
    """Submit the grade that a conversion entered, and tell how that is refused."""
    made = await _convert(dean)
    code, says = await dean.refusal(dean.of_grade(await dean.latest_grade()))
    assert made in says
    return code, says


async def test_the_grade_of_a_conversion_is_no_outcome_and_the_chain_is_spelt_out(dean: Dean) -> None:
    code, says = await launder(dean)
    assert (code, "→ K0 " in says, "→ 学习成果" in says) == ("double_use", True, True)
    await dean.clerk.pass_course(0, 0, score=9000, word=None)
    # Nor is another grade in a course that a certificate stands for.
    assert (await dean.refusal(dean.of_grade(await dean.latest_grade())))[0] == "double_use"


async def test_what_a_conversion_leads_on_to_is_in_the_chain(dean: Dean) -> None:
    await _convert(dean)
    mapping_id = await dean.clerk.offset_rule(0, level="1", organisation=1)
    await dean.clerk.request_offsets(dean.clerk.offset(mapping_id, 0))
    code, says = await dean.refusal(dean.of_grade(await dean.latest_grade()))
    assert (code, says.count("→")) == ("double_use", 2)


async def test_a_course_that_offsets_an_assessment_is_no_outcome(dean: Dean) -> None:
    await dean.clerk.desk.open_accounts(0)
    await dean.grade(score=None, word="良好")
    mapping_id = await dean.clerk.offset_rule(0, level="1")
    await dean.clerk.request_offsets(dean.clerk.offset(mapping_id, 0))
    code, says = await dean.refusal(dean.of_grade(await dean.latest_grade()))
    assert (code, "K0" in says) == ("double_use", True)


async def convert_an_outcome(dean: Dean) -> list[tuple[str, str]]:
    """Ask for conversions about a course that was submitted as an outcome, in both directions."""
    await dean.clerk.earn(0)
    (made,) = await dean.submit(dean.of_grade(await dean.grade(score=None, word="良好")))
    await _waive_passed(dean)
    mapping_id = await dean.clerk.offset_rule(0, level="1", organisation=1)
    found = [
        await dean.clerk.refusal(await dean.clerk.wish()),
        await dean.clerk.refusal(dean.clerk.offset(mapping_id, 0), path="conversions:offset"),
    ]
    assert all(made in says for _, says in found)
    return found


async def test_an_outcomes_course_takes_part_in_no_conversion_until_it_is_given_up(dean: Dean) -> None:
    found = await convert_an_outcome(dean)
    assert [code for code, _ in found] == ["double_use", "double_use"]
    (made,) = (await dean.clerk.desk.get("/v1/outcomes"))["items"]
    answer = await dean.clerk.post("coordinator", "outcomes:withdraw", outcome_ids=[made["id"]], reason="改作转换")
    assert answer.status_code == 201, answer.text
    await dean.clerk.request(await dean.clerk.wish())


async def test_without_the_guard_a_certificate_is_laundered(dean: Dean, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "OUTCOME_GUARD", "SELECT CAST(:institution_id AS uuid), CAST(:today AS date)")
    made = await _convert(dean)
    # Even then a grade that comes of something else is no outcome of its own; another in the same course would be.
    assert (await dean.refusal(dean.of_grade(await dean.latest_grade())))[0] == "outcome_grade_derived"
    await dean.clerk.pass_course(0, 0, score=9000, word=None)
    await dean.submit(dean.of_grade(await dean.latest_grade()))
    assert made


async def test_without_the_other_guard_an_outcomes_course_is_converted(
    dean: Dean, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "OUTCOMES_GUARD", "SELECT CAST(:institution_id AS uuid)")
    with pytest.raises(AssertionError):
        await convert_an_outcome(dean)


@pytest.mark.parametrize(
    ("said", "spoilt"),
    [
        ("edge.target = CAST(staged.course_id AS text)", "false"),
        ("edge.student_id = staged.student_id AND edge.target", "edge.student_id <> staged.student_id AND edge.target"),
        ("conversion.state IN", "conversion.state NOT IN"),
    ],
)
async def test_a_spoilt_guard_about_outcomes_is_found_out(
    dean: Dean, monkeypatch: pytest.MonkeyPatch, said: str, spoilt: str
) -> None:
    assert said in rules.OUTCOME_GUARD
    monkeypatch.setattr(rules, "OUTCOME_GUARD", rules.OUTCOME_GUARD.replace(said, spoilt))
    with pytest.raises(AssertionError):
        await launder(dean)
