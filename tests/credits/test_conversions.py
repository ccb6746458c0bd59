"""Certificates' credits stand for courses: held when asked for, used when granted, released when refused."""

from datetime import UTC, datetime

import pytest

from tests.credits.converting import Clerk, refused
from tests.exams.desk import set_clock


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))


async def test_credits_are_held_when_asked_for_and_used_when_the_last_of_the_chain_says_yes(clerk: Clerk) -> None:
    await clerk.earn(0, lines=(200, 100))
    (made,) = await clerk.request(await clerk.wish(0, 0, 1), who="student")
    assert await clerk.figures() == ("3.00", "3.00", "0.00")
    for deed, state, awaits in (
        ("agree", "agreed", "registrar"),
        ("approve", "approved", "organisation"),
        ("confirm", "confirmed", "bank"),
    ):
        assert (await clerk.decide(deed, made)).json() == {"decided": 1, "granted": 0, "credit_used": "0.00"}
        found = await clerk.read(made)
        assert (found["state"], found["awaits"]) == (state, awaits)
    assert await clerk.grades() == []
    assert (await clerk.decide("record", made)).json() == {"decided": 1, "granted": 1, "credit_used": "3.00"}
    assert await clerk.figures() == ("0.00", "0.00", "0.00")
    found = await clerk.read(made, who="student")
    assert (found["state"], found["awaits"], found["granted_on"]) == ("granted", None, "2026-06-25")
    assert [it["deed"] for it in found["decisions"]] == ["request", "agree", "approve", "confirm", "record"]
    assert found["decisions"][-1]["document_number"] == "学银函〔2026〕31号"
    assert await clerk.grades(0, 0) == [(1, "良好", True, False, "conversion")]
    assert await clerk.grades(0, 1) == [(1, "8500", True, False, "conversion")]
    moved = [(it["kind"], it["phase"], it["amount"]) for it in await clerk.desk.entries()]
    assert moved == [
        ("deposit", "single", "3.00"), ("hold_credits", "pending", "-3.00"), ("use_credits", "post", "-3.00")
    ]  # fmt: skip
    await clerk.desk.summary()


async def test_a_list_long_enough_to_be_shown_to_the_planner_is_decided_alike(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("x_pilot_api.core.staging._FEW", 0)
    await clerk.earn(0, lines=(200, 100))
    (made,) = await clerk.request(await clerk.wish(0, 0, 1), who="student")
    await clerk.grant(made)
    assert await clerk.states(made) == ["granted"]
    assert await clerk.grades(0, 0) == [(1, "良好", True, False, "conversion")]
    assert (await clerk.read(made))["courses"][0]["grade"] == "良好"
    await clerk.desk.summary()


async def test_what_is_refused_at_any_step_or_withdrawn_releases_the_credits_and_leaves_no_grade(clerk: Clerk) -> None:
    await clerk.earn(0)
    for until, who in (
        (None, "coordinator"),
        ("agree", "registrar"),
        ("approve", "org_staff"),
        ("confirm", "registrar"),
    ):
        (made,) = await clerk.request(await clerk.wish())
        if until:
            await clerk.grant(made, until=until)
        answer = await clerk.decide("refuse", made, who=who, reason="材料不全")
        assert answer.status_code == 201, answer.text
        found = await clerk.read(made)
        assert (found["state"], found["end_reason"], found["allowed_deeds"]) == ("refused", "材料不全", [])
        assert await clerk.figures() == ("2.00", "0.00", "2.00")
    (made,) = await clerk.request(await clerk.wish(), who="student")
    assert (await clerk.read(made, who="student"))["allowed_deeds"] == ["withdraw"]
    answer = await clerk.post("student", "conversions:withdraw", conversion_ids=[made], reason="改选")
    assert answer.status_code == 201, answer.text
    assert await clerk.states(made) == ["withdrawn"]
    assert await clerk.figures() == ("2.00", "0.00", "2.00")
    assert await clerk.grades() == []
    await clerk.desk.summary()


async def test_each_step_is_its_own_roles_and_waits_for_the_one_before(clerk: Clerk) -> None:
    await clerk.earn(0)
    (made,) = await clerk.request(await clerk.wish())
    assert refused(await clerk.decide("approve", made))[0] == "conversion_not_due"
    assert refused(await clerk.decide("confirm", made))[0] == "conversion_not_due"
    assert refused(await clerk.decide("agree", made, who="sibling_coordinator"))[0] == "conversion_unknown"
    assert (await clerk.decide("agree", made, who="registrar")).status_code == 403
    assert (await clerk.read(made, who="coordinator"))["allowed_deeds"] == ["agree", "refuse"]
    assert (await clerk.read(made))["allowed_deeds"] == []
    await clerk.grant(made, until="approve")
    assert refused(await clerk.decide("confirm", made, who="org_staff_2"))[0] == "conversion_unknown"
    seen = await clerk.read(made, who="org_staff")
    assert (seen["allowed_deeds"], seen["student_name"], seen["student_number"]) == (["confirm", "refuse"], None, None)
    assert refused(await clerk.decide("agree", made))[0] == "conversion_not_due"


async def test_the_chain_is_a_setting_and_what_was_asked_for_keeps_its_own(clerk: Clerk) -> None:
    await clerk.earn(0, 1)
    (before,) = await clerk.request(await clerk.wish(0))
    assert (await clerk.policy("registrar", "college")).status_code == 422
    assert (await clerk.policy("college")).status_code == 422
    past = await clerk.policy("registrar", effective_from="2026-06-24")
    assert past.json()["code"] == "conversion_policy_in_past"
    made = await clerk.policy("college", "registrar")
    assert (made.status_code, made.json()["version"]) == (201, 1)
    (after,) = await clerk.request(await clerk.wish(1))
    await clerk.grant(before, after, until="approve")
    assert await clerk.states(before, after) == ["approved", "granted"]
    assert await clerk.figures(1) == ("0.00", "0.00", "0.00")


async def test_a_list_is_decided_whole_or_not_at_all(clerk: Clerk) -> None:
    await clerk.earn(0, 1, 2)
    made = await clerk.request(*[await clerk.wish(index) for index in range(3)])
    await clerk.decide("refuse", made[1], who="coordinator", reason="-")
    answer = await clerk.decide("agree", *made)
    assert refused(answer)[0] == "conversion_not_due"
    assert [it["row"] for it in answer.json()["errors"]] == [2]
    assert await clerk.states(*made) == ["requested", "refused", "requested"]
    await clerk.grant(made[0], made[2])
    assert await clerk.states(*made) == ["granted", "refused", "granted"]


async def test_what_cannot_be_used_is_refused_with_its_figures(clerk: Clerk) -> None:
    await clerk.earn(0, credit=150, lines=(200, 100))
    code, says = await clerk.refusal(await clerk.wish(0, 0))
    assert code == "outcome_credits_used"
    assert "1.50" in says
    assert "2.00" in says
    assert (await clerk.refusal(await clerk.wish(0, 0, credit="2.50")))[0] == "credit_above_rule"
    assert (await clerk.refusal(await clerk.wish(0, 0, 0, credit="0.50")))[0] == "course_named_again"
    foreign = await clerk.wish(0, 0, credit="0.50")
    foreign["courses"][0]["course_id"] = str(clerk.desk.world.schools[0].courses[1][0])
    assert (await clerk.refusal(foreign))[0] == "course_not_of_rule"
    assert (await clerk.refusal(await clerk.wish(0), who="sibling_coordinator"))[0] == "outcome_unknown"
    first = await clerk.wish(0, 0, credit="1.00")
    both = await clerk.wish(0, 1, credit="1.00")
    assert (await clerk.refusal(first, both))[0] == "outcome_credits_used"
    await clerk.request(first)
    assert (await clerk.refusal(both))[0] == "outcome_credits_used"
    assert await clerk.figures() == ("1.50", "1.00", "0.50")


async def test_limits_about_courses_act_at_the_request_and_again_at_the_grant(clerk: Clerk) -> None:
    await clerk.earn(0, 1, lines=(200, 100))
    await clerk.pass_course(0, 0)
    code, says = await clerk.refusal(await clerk.wish(0, 0))
    assert code == "course_already_passed"
    assert "not_passed" in says
    assert "X-Pilot" in says
    first, second = await clerk.request(await clerk.wish(0, 1), await clerk.wish(1, 0))
    assert (await clerk.refusal(await clerk.wish(0, 1)))[0] in {"course_replaced_twice", "outcome_credits_used"}
    await clerk.grant(first, second, until="confirm")
    await clerk.pass_course(1, 0)
    answer = await clerk.decide("record", first, second)
    assert refused(answer)[0] == "course_already_passed"
    assert [it["row"] for it in answer.json()["errors"]] == [2]
    assert (await clerk.decide("record", first)).status_code == 201
    assert (await clerk.decide("refuse", second, who="registrar", reason="课程已合格")).status_code == 201
    assert await clerk.figures(1) == ("3.00", "0.00", "3.00")


async def test_a_limit_of_credits_is_told_with_its_version_and_document(clerk: Clerk) -> None:
    await clerk.earn(0, lines=(200, 100))
    await clerk.desk.limit(credit=150)
    code, says = await clerk.refusal(await clerk.wish(0, 0))
    assert code == "limit_exceeded"
    assert "2.00" in says
    assert "1.50" in says
    assert "a test" in says


async def test_a_grade_by_the_rules_table_follows_the_certificates_score(clerk: Clerk) -> None:
    await clerk.earn(0)
    await clerk.ask("UPDATE mapping_courses SET grade = NULL RETURNING 1")
    for score, grade in ((9_000, "优秀"), (6_000, "及格")):
        await clerk.ask(
            "INSERT INTO mapping_grades (institution_id, mapping_id, score_from_hundredths, grade)"
            " SELECT institution_id, id, :score, :grade FROM mappings WHERE state = 'published' RETURNING 1",
            score=score,
            grade=grade,
        )
    (made,) = await clerk.request(await clerk.wish())
    assert [it["grade"] for it in (await clerk.read(made))["courses"]] == ["及格"]
    await clerk.grant(made)
    assert await clerk.grades() == [(1, "及格", True, False, "conversion")]
