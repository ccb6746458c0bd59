"""Why a certificate brings what it brings, told so that it adds up, in both languages, with what comes next."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json, set_clock

UNTIL = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


async def explain(desk: Desk, index: int = 0, *, level: str = "2", who: str = "student") -> Json:
    """Read an explanation, and hold it to what must always be so."""
    student_id, level_id = desk.world.schools[0].students[index], desk.world.organisations[0].levels[level]
    found: Json = await desk.get(f"/v1/students/{student_id}/certificates/{level_id}:explain", who=who)
    assert found["arithmetic"][-1]["credit"] == found["credit_expected"]
    assert found["credit"] in {"0.00", found["credit_expected"]}
    for text in (found["text"], found["next_step"]["says"], *(step["says"] for step in found["arithmetic"])):
        assert text.keys() == {"zh-CN", "en"}
        assert "{" not in text["zh-CN"] + text["en"]
    return found


def told(found: Json) -> tuple[str | None, str, str, str]:
    return found["reason"], found["credit"], found["credit_expected"], found["next_step"]["code"]


async def test_a_deposit_is_explained_from_the_courses_to_the_entry(desk: Desk) -> None:
    rule_id = await desk.rule()
    await desk.limit(credit=250)
    await desk.limit(credit=280, code="credit_bank")
    await desk.open_accounts(0)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    found = await explain(desk)
    assert told(found) == ("deposited", "2.50", "2.50", "use_credits")
    assert (found["rule"]["mapping_id"], found["rule"]["version"], found["rule"]["credit"]) == (str(rule_id), 1, "3.00")
    assert found["inputs"]["rules_of"] == found["inputs"]["earned_on"] == "2026-06-20"
    assert [(limit["code"], limit["credit"], limit["cuts"]) for limit in found["limits"]] == [
        ("per_certificate", "2.50", True),
        ("credit_bank", "2.80", False),
    ]
    assert [step["credit"] for step in found["arithmetic"]] == ["3.00", "3.00", "2.50", "2.50"]
    (entry,) = await desk.entries()
    assert (entry["entry_id"], entry["amount"]) == (found["entry_id"], found["credit"])
    assert found["text"] == {
        "zh-CN": "专业 530301 专业0，2024 级；2 级证书，取得日期 2026-06-20。"
        "课程 K0 课程0 3.00；规则第 1 版合计 3.00；受限额约束：每张证书的学分上限 2.50；结果：已存入 2.50。"
        "按规则第 1 版存入 2.50 学分（规则 3.00 学分）。可申请以这些学分替代规则所列课程：K0 课程0。",
        "en": "Programme 530301 专业0, entry year 2024; certificate of level 2, earned on 2026-06-20. "
        "Course K0 课程0: 3.00; Sum of version 1 of the rule: 3.00; "
        "Cut by a limit: the limit for one certificate: 2.50; Result: Deposited: 2.50. "
        "2.50 credits deposited by version 1 of the rule, which gives 3.00. "
        "The credits may be used for the courses of the rule: K0 课程0.",
    }


async def test_what_was_posted_stays_explained_by_the_limit_that_cut_it(desk: Desk) -> None:
    await desk.rule()
    await desk.limit(credit=250)
    await desk.open_accounts(0)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    await make.withdraw_limits(desk.service)
    found = await explain(desk)
    assert told(found) == ("deposited", "2.50", "2.50", "use_credits")
    assert [(limit["version"], limit["credit"], limit["cuts"]) for limit in found["limits"]] == [(None, "2.50", True)]


async def test_without_an_account_it_tells_what_opening_one_brings(desk: Desk) -> None:
    await desk.rule()
    await desk.limit(credit=250)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    found = await explain(desk)
    assert told(found) == ("account_not_open", "0.00", "2.50", "open_account")
    assert found["inputs"]["account_state"] is None
    opened = await desk.open_accounts(0)
    assert opened["credit_posted"] == found["credit_expected"]
    assert told(await explain(desk)) == ("deposited", "2.50", "2.50", "use_credits")


async def test_while_objections_are_possible_it_tells_until_when(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, UNTIL - timedelta(seconds=1))
    await desk.rule()
    await desk.open_accounts(0)
    plan = await desk.plan(objections_until=UNTIL)
    await desk.push(plan, desk.row(plan))
    found = await explain(desk)
    assert told(found) == ("deposit_pending", "3.00", "3.00", "wait_for_objections")
    assert datetime.fromisoformat(found["next_step"]["deadline"]) == UNTIL
    assert "2026-07-01T10:00+00:00" in found["text"]["zh-CN"]


async def test_without_a_rule_it_tells_whether_one_is_on_its_way_or_by_now_there(desk: Desk) -> None:
    await desk.open_accounts(0)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    found = await explain(desk)
    assert told(found) == ("no_published_mapping", "0.00", "0.00", "propose_rule")
    assert (found["rule"], found["limits"]) == (None, [])
    await desk.rule(state="approved", version=4)
    found = await explain(desk)
    assert told(found) == ("no_published_mapping", "0.00", "0.00", "await_rule")
    assert "第 4 版" in found["next_step"]["says"]["zh-CN"]
    await desk.rule(credit=400, version=5)
    assert told(await explain(desk)) == ("no_published_mapping", "0.00", "4.00", "catch_up")


async def test_of_two_levels_the_lower_tells_that_the_higher_counts(desk: Desk) -> None:
    await desk.rule(level="1", credit=100)
    await desk.rule(level="2", credit=300)
    await desk.open_accounts(0)
    assert told(await explain(desk, level="2")) == (None, "0.00", "3.00", "earn_certificate")
    for level in ("1", "2"):
        plan = await desk.plan(levels=(level,), candidates=1)
        await desk.push(plan, desk.row(plan))
    found = await explain(desk, level="1")
    assert told(found) == ("higher_level_counts", "0.00", "0.00", "nothing")
    assert [step["credit"] for step in found["arithmetic"]] == ["1.00", "1.00", "0.00"]


async def test_what_is_not_earned_or_lost_is_weighed_as_of_today(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 9, 1, tzinfo=UTC))
    await desk.rule(credit=300, effective_to=date(2026, 7, 1))
    await desk.rule(credit=350, version=2, effective_from=date(2026, 7, 1))
    await desk.open_accounts(0)
    found = await explain(desk)
    assert told(found) == (None, "0.00", "3.50", "earn_certificate")
    assert (found["is_earned"], found["inputs"]["earned_on"], found["inputs"]["rules_of"]) == (
        False,
        None,
        "2026-09-01",
    )
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    assert told(await explain(desk)) == ("deposited", "3.00", "3.00", "use_credits")
    await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    found = await explain(desk)
    assert told(found) == ("award_revoked", "0.00", "3.50", "earn_again")
    assert (found["is_earned"], found["entry_id"], found["rule"]["version"]) == (False, None, 2)


async def test_a_limit_of_nothing_leaves_nothing_to_do(desk: Desk) -> None:
    await desk.rule()
    await desk.limit(credit=0)
    await desk.open_accounts(0)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    found = await explain(desk)
    assert told(found) == ("limit_leaves_nothing", "0.00", "0.00", "nothing")
    assert [step["credit"] for step in found["arithmetic"]] == ["3.00", "3.00", "0.00", "0.00"]


async def test_it_is_told_to_whom_it_concerns(desk: Desk) -> None:
    school, level_id = desk.world.schools[0], desk.world.organisations[0].levels["2"]
    cases = (
        ("student", 0, 200),
        ("student", 1, 404),
        ("coordinator", 1, 200),
        ("registrar", 1, 200),
        ("auditor", 1, 200),
        ("sibling_coordinator", 0, 404),
        ("registrar_2", 0, 404),
        ("org_staff", 0, 403),
    )
    for who, index, status in cases:
        path = f"/v1/students/{school.students[index]}/certificates/{level_id}:explain"
        assert await desk.status(path, who=who) == status, (who, index)
    assert (
        await desk.status(f"/v1/students/{school.students[0]}/certificates/{uuid4()}:explain", who="registrar") == 404
    )
