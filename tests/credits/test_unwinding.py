"""What becomes of conversions whose credits are lost: lapsed, flagged with credits lent, or unwound."""

from datetime import UTC, datetime

import pytest

from tests.credits.converting import Clerk, refused
from tests.exams.desk import Json, set_clock


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))


async def accounts(clerk: Clerk) -> dict[str, int]:
    """Tell what each kind of the book's accounts holds, in hundredths."""
    kinds = (await clerk.desk.summary())["kinds"]
    return {kind["kind"]: round(float(kind["balance"]) * 100) if isinstance(kind["balance"], str) else kind["balance"]
            for kind in kinds}  # fmt: skip


async def test_what_was_not_granted_lapses_and_the_award_can_be_revoked(clerk: Clerk) -> None:
    await clerk.earn(0)
    (made,) = await clerk.request(await clerk.wish())
    await clerk.grant(made, until="approve")
    await clerk.lose(0)
    found = await clerk.read(made)
    assert (found["state"], found["awaits"], found["end_reason"]) == ("lapsed", None, "award revoked")
    assert await clerk.figures() == ("0.00", "0.00", "0.00")
    assert [it["kind"] for it in await clerk.desk.entries()] == ["deposit", "hold_credits", "release_credits", "revoke"]
    assert (await accounts(clerk))["recognition"] == 0


async def test_a_granted_one_is_flagged_and_stays_with_its_credits_lent_by_the_institution(clerk: Clerk) -> None:
    await clerk.earn(0, 1)
    made, other = await clerk.request(await clerk.wish(0), await clerk.wish(1))
    await clerk.grant(made, other)
    await clerk.lose(0)
    found = await clerk.read(made)
    assert (found["state"], found["flag_reason"], found["allowed_deeds"]) == (
        "granted", "award revoked", ["keep", "unwind"]
    )  # fmt: skip
    assert (await clerk.read(other))["flagged_at"] is None
    assert await clerk.grades() == [(1, "良好", True, False, "conversion")]
    assert await accounts(clerk) == {"accumulated": 0, "converted": 400, "recognition": -200, "unbacked": -200}
    listed = await clerk.desk.get("/v1/conversions", is_flagged="true")
    assert [it["id"] for it in listed["items"]] == [made]
    await clerk.lose(1)
    assert (await accounts(clerk))["unbacked"] == -400


async def settle(clerk: Clerk, *ids: str, is_kept: bool, who: str = "registrar") -> Json:
    answer = await clerk.post(
        who, "conversions:settle", conversion_ids=list(ids), is_kept=is_kept, reason="查明", document_number="教1号"
    )
    return {"status": answer.status_code, **answer.json(), "answer": answer}


async def test_what_is_flagged_is_kept_by_a_document_or_taken_back_whole(clerk: Clerk) -> None:
    await clerk.earn(0, 1)
    kept, unwound = await clerk.request(await clerk.wish(0), await clerk.wish(1))
    await clerk.grant(kept, unwound)
    assert refused((await settle(clerk, kept, is_kept=True))["answer"])[0] == "conversion_not_flagged"
    await clerk.lose(0)
    await clerk.lose(1)
    assert (await settle(clerk, kept, is_kept=True, who="coordinator"))["status"] == 403
    assert (await settle(clerk, kept, is_kept=True))["settled"] == 1
    assert (await settle(clerk, unwound, is_kept=False))["settled"] == 1
    assert await clerk.states(kept, unwound) == ["granted", "unwound"]
    assert [(await clerk.read(each))["flagged_at"] for each in (kept, unwound)] == [None, None]
    assert await clerk.grades(0) == [(1, "良好", True, False, "conversion")]
    assert [(it[0], it[2], it[3]) for it in await clerk.grades(1)] == [(1, True, False), (2, False, True)]
    assert await accounts(clerk) == {"accumulated": 0, "converted": 200, "recognition": 0, "unbacked": -200}
    assert refused((await settle(clerk, kept, is_kept=False))["answer"])[0] == "conversion_not_flagged"


async def test_by_rule_a_granted_one_is_unwound_at_once_with_its_grade(clerk: Clerk) -> None:
    await clerk.policy("college", "registrar", on_loss="unwind")
    await clerk.earn(0)
    (made,) = await clerk.request(await clerk.wish())
    await clerk.grant(made, until="approve")
    await clerk.lose(0)
    assert await clerk.states(made) == ["unwound"]
    assert [(it[0], it[2], it[3]) for it in await clerk.grades()] == [(1, True, False), (2, False, True)]
    assert {kind: held for kind, held in (await accounts(clerk)).items() if held} == {}
    kinds = [it["kind"] for it in await clerk.desk.entries()]
    assert kinds == ["deposit", "hold_credits", "use_credits", "unwind_conversion", "revoke"]


async def test_a_grade_that_somebody_corrected_since_is_left_as_it_was_decided(clerk: Clerk) -> None:
    await clerk.policy("registrar", on_loss="unwind")
    await clerk.earn(0)
    (made,) = await clerk.request(await clerk.wish())
    await clerk.decide("approve", made)
    await clerk.ask(
        "INSERT INTO course_grades (institution_id, student_id, course_id, term, attempt, revision, grade_word, passed,"
        " reason) SELECT institution_id, student_id, course_id, term, attempt, 2, '优秀', true, '复查'"
        " FROM course_grades WHERE source_kind = 'conversion' RETURNING 1"
    )
    await clerk.lose(0)
    assert [it[:4] for it in await clerk.grades()] == [(1, "良好", True, False), (2, "优秀", True, False)]


async def test_a_lower_level_that_gives_way_takes_its_conversions_along(clerk: Clerk) -> None:
    await clerk.desk.open_accounts(0, 1)
    await clerk.desk.rule(level="1", credit=100)
    lower = await clerk.desk.plan(levels=("1",), candidates=2)
    await clerk.desk.push(lower, clerk.desk.row(lower, 0), clerk.desk.row(lower, 1))
    held, granted = await clerk.request(await clerk.wish(0), await clerk.wish(1))
    await clerk.grant(granted)
    await clerk.desk.rule(level="2", credit=300)
    plan = await clerk.desk.plan(candidates=2)
    batch = await clerk.desk.push(plan, clerk.desk.row(plan, 0), clerk.desk.row(plan, 1))
    assert batch["downstream"]["deposits_posted"] == 2
    assert await clerk.states(held, granted) == ["lapsed", "granted"]
    assert (await clerk.read(granted))["flag_reason"] == "higher level counts"
    assert [await clerk.figures(index) for index in (0, 1)] == [("3.00", "0.00", "3.00")] * 2
    await clerk.desk.summary()


async def test_what_relies_on_a_grade_that_is_taken_back_goes_with_it(clerk: Clerk) -> None:
    await clerk.policy("registrar", on_loss="unwind")
    await clerk.earn(0)
    (made,) = await clerk.request(await clerk.wish())
    await clerk.decide("approve", made)
    mapping_id = await clerk.offset_rule(0, organisation=1)
    (relying,) = await clerk.request_offsets(clerk.offset(mapping_id, 0))
    await clerk.decide("approve", relying)
    count = "SELECT count(*) FROM component_offsets WHERE ended_at IS NULL"
    assert await clerk.ask(count) == 1
    await clerk.lose(0)
    assert await clerk.states(made, relying) == ["unwound", "unwound"]
    assert await clerk.ask(count) == 0
