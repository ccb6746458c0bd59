"""Outcomes from courses and training: submitted with evidence, verified, recognised by policy, taken back."""

from datetime import UTC, datetime

import pytest

from tests.credits.converting import Clerk, refused
from tests.credits.outcoming import GRADE, Dean, line
from tests.exams.desk import set_clock


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))


@pytest.fixture
async def dean(clerk: Clerk) -> Dean:
    await clerk.desk.open_accounts(0, 1)
    return Dean(clerk)


async def test_without_a_policy_nothing_is_recognised_nor_guessed(dean: Dean) -> None:
    answer = await dean.clerk.post("coordinator", "outcomes", outcomes=[dean.training()])
    assert (answer.status_code, answer.json()["code"]) == (409, "no_recognition_policy")
    assert "2026-06-25" in answer.json()["detail"]
    await dean.policy(effective_from="2026-07-01")
    assert (await dean.clerk.post("coordinator", "outcomes", outcomes=[dean.training()])).status_code == 409


async def test_a_training_comes_to_credits_by_three_persons_and_a_document(dean: Dean) -> None:
    await dean.policy()
    (made,) = await dean.submit(dean.training(), who="student")
    assert (await dean.read(made, who="student"))["allowed_deeds"] == ["withdraw"]
    assert refused(await dean.recognise(made), code="outcomes_refused")[0] == "submission_not_due"
    assert (await dean.verify(made)).json() == {"decided": 1, "credit": "0.00"}
    assert (await dean.recognise(made)).json() == {"decided": 1, "credit": "2.00"}
    found = await dean.read(made)
    assert (found["state"], found["credit"], found["policy_version"], found["line_number"]) == (
        "recognised", "2.00", 1, 1,
    )  # fmt: skip
    assert [it["deed"] for it in found["decisions"]] == ["submit", "verify", "recognise"]
    assert found["decisions"][-1]["document_number"] == "教认〔2026〕12号"
    assert await dean.clerk.figures() == ("2.00", "0.00", "2.00")
    (entry,) = await dean.clerk.desk.entries()
    assert (entry["kind"], entry["amount"]) == ("recognise", "2.00")
    account = await dean.clerk.desk.account()
    statement = await dean.clerk.desk.get(f"/v1/credit-accounts/{account['id']}/statement")
    assert "培字1号" in statement["entries"][0]["says"]["zh-CN"]
    await dean.clerk.desk.summary()


async def test_more_outcomes_than_the_planner_is_left_to_guess_are_recognised_by_one_deed(dean: Dean) -> None:
    await dean.policy()
    made = await dean.submit(*(dean.training(number=str(number)) for number in range(101)))
    await dean.verify(*made)
    assert (await dean.recognise(*made)).json() == {"decided": 101, "credit": "202.00"}
    await dean.clerk.desk.summary()


async def test_a_course_grade_counts_by_the_first_line_whose_conditions_hold(dean: Dean) -> None:
    await dean.policy(line(GRADE, "4.00", least_grade="90"), line(GRADE, "3.00", least_grade="60"))
    (made,) = await dean.recognised(dean.of_grade(await dean.grade(score=8600)))
    assert (await dean.read(made))["line_number"] == 2
    explained = await dean.clerk.desk.get(f"/v1/outcomes/{made}:explain", who="student")
    assert "86.00" in explained["text"]["zh-CN"]
    assert [it["credit"] for it in explained["steps"]] == [None, "3.00", "3.00"]
    (word,) = await dean.submit(dean.of_grade(await dean.grade(1, score=None, word="优秀"), 1))
    await dean.verify(word)
    # How a word compares with a score is nobody's to guess.
    assert refused(await dean.recognise(word), code="outcomes_refused")[0] == "outcome_meets_no_line"


async def test_the_conditions_of_a_document_are_its_issuer_and_its_hours(dean: Dean) -> None:
    await dean.policy(line(issuer="省培训中心", least_hours=40))
    few, other, whole = await dean.submit(
        dean.training(number="1", hours=39), dean.training(number="2", hours=80, issuer="别处"),
        dean.training(number="3", hours=40),
    )  # fmt: skip
    await dean.verify(few, other, whole)
    answer = await dean.recognise(few, other, whole)
    assert [it["code"] for it in answer.json()["errors"]] == ["outcome_meets_no_line"] * 2
    assert (await dean.read(whole))["state"] == "verified"
    assert (await dean.recognise(whole)).status_code == 201


async def test_limits_of_a_kind_and_of_all_count_the_list_as_recognised_one_after_the_other(dean: Dean) -> None:
    await dean.policy(
        line(), line(GRADE, "3.00"), limits=[{"kind": "training", "credit": "3.00"}, {"kind": None, "credit": "5.00"}]
    )
    ids = await dean.submit(*(dean.training(number=str(number)) for number in range(2)))
    await dean.verify(*ids)
    code, says = refused(await dean.recognise(*ids), code="outcomes_refused")
    assert (code, "4.00" in says, "3.00" in says) == ("outcome_limit_exceeded", True, True)
    assert (await dean.recognise(ids[0])).status_code == 201
    assert (await dean.recognise(ids[1], credit="2.50")).json()["errors"][0]["code"] == "outcome_credit_above_line"
    assert (await dean.recognise(ids[1], credit="1.00")).json()["credit"] == "1.00"
    (course,) = await dean.submit(dean.of_grade(await dean.grade()))
    await dean.verify(course)
    assert refused(await dean.recognise(course), code="outcomes_refused")[0] == "outcome_limit_exceeded"


async def test_one_course_and_one_document_count_once(dean: Dean) -> None:
    await dean.policy()
    grade_id = await dean.grade()
    assert (await dean.refusal(dean.of_grade(grade_id), dean.of_grade(grade_id)))[0] == "outcome_submitted_already"
    (first,) = await dean.submit(dean.of_grade(grade_id))
    assert first in (await dean.refusal(dean.of_grade(grade_id)))[1]
    (paper,) = await dean.submit(dean.training())
    same = dean.training(number="另一个号")
    same["document"]["digest"] = dean.training()["document"]["digest"]
    assert (await dean.refusal(dean.training()))[0] == (await dean.refusal(same))[0] == "outcome_submitted_already"
    # What was refused or withdrawn may be submitted again.
    answer = await dean.clerk.post("coordinator", "outcomes:withdraw", outcome_ids=[paper], reason="材料有误")
    assert answer.status_code == 201, answer.text
    await dean.submit(same)


async def test_evidence_is_the_students_own_of_the_policys_kind_and_the_latest(dean: Dean) -> None:
    await dean.policy()
    mine = await dean.grade()
    theirs = dean.of_grade(mine) | {"student_id": str(dean.clerk.students[1])}
    assert (await dean.refusal(theirs))[0] == "outcome_grade_unknown"
    assert (await dean.refusal(dean.training(kind="volunteering")))[0] == "outcome_kind_unknown"
    assert (await dean.refusal(dean.training(kind=GRADE)))[0] == "outcome_evidence_wrong"
    assert (await dean.refusal(dean.training(1), who="student"))[0] == "outcome_student_unknown"
    await _revise(dean, score="50.00", passed=False)
    assert (await dean.refusal(dean.of_grade(mine)))[0] == "outcome_grade_not_counting"


async def _revise(dean: Dean, *, score: str, passed: bool) -> None:
    grade_id = await dean.latest_grade()
    answer = await dean.clerk.post(
        "registrar", f"course-grades/{grade_id}:correct", score=score, passed=passed, is_void=False, reason="核分"
    )
    assert answer.status_code in {200, 201}, answer.text


async def test_an_award_is_no_training_and_a_refused_outcome_says_why(dean: Dean) -> None:
    await dean.policy()
    await dean.clerk.earn(0)
    (award,) = await dean.clerk.desk.awards()
    assert (await dean.refusal(dean.training(number=award["number"])))[0] == "outcome_is_award"
    (made,) = await dean.submit(dean.training())
    answer = await dean.clerk.post("registrar", "outcomes:refuse", outcome_ids=[made], reason="证明不清")
    assert answer.status_code == 201, answer.text
    assert (await dean.read(made))["end_reason"] == "证明不清"
    explained = await dean.clerk.desk.get(f"/v1/outcomes/{made}:explain")
    assert "证明不清" in explained["next_step"]["zh-CN"]


async def test_whoever_verified_does_not_recognise_even_if_nobody_looks(dean: Dean) -> None:
    await dean.policy()
    (made,) = await dean.submit(dean.training())
    await dean.verify(made)
    registrar = dean.clerk.desk.world.callers["registrar"].id
    await dean.clerk.ask(
        "UPDATE submitted_outcomes SET verified_by = :by WHERE id = :id RETURNING 1", by=registrar, id=made
    )
    assert refused(await dean.recognise(made), code="outcomes_refused")[0] == "outcome_needs_another"
    assert "recognise" not in (await dean.read(made))["allowed_deeds"]


@pytest.mark.parametrize(
    ("on_loss", "state", "credit"), [("flag", "recognised", "3.00"), ("unwind", "reversed", "0.00")]
)
async def test_a_grade_revised_below_its_line_flags_or_takes_back_as_policy_says(
    dean: Dean, on_loss: str, state: str, credit: str
) -> None:
    await dean.policy(line(GRADE, "3.00", least_grade="60"), on_loss=on_loss)
    (made,) = await dean.recognised(dean.of_grade(await dean.grade()))
    await _revise(dean, score="70.00", passed=True)
    assert await dean.follow() == []
    assert (await dean.read(made))["flagged_at"] is None
    await _revise(dean, score="59.00", passed=False)
    assert [str(it) for it in await dean.follow()] == [made]
    assert await dean.follow() == []
    found = await dean.read(made)
    assert (found["state"], found["flagged_at"] is not None) == (state, on_loss == "flag")
    assert (await dean.clerk.figures())[0] == credit
    if on_loss == "flag":
        assert (await dean.settle(made, is_kept=True)).status_code == 201
        assert refused(await dean.settle(made, is_kept=True), code="outcomes_refused")[0] == "outcome_not_flagged"
        assert (await dean.settle(made, is_kept=False)).json()["credit"] == "3.00"
        assert await dean.clerk.figures() == ("0.00", "0.00", "0.00")
    await dean.clerk.desk.summary()
