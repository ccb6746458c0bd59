"""An exemption reaches the exam: the candidates' list shows it, and a pushed result is reckoned with it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.credits.converting import Clerk
from tests.exams import make
from tests.exams.desk import Json, set_clock
from x_pilot_api.exams.commands import gathering


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 15, 4, tzinfo=UTC))


async def exempt(clerk: Clerk, *, share: int = 100, component: str = "theory", counts_as: int = 80) -> str:
    """Exempt the first student, by one course, from a share of a component, and hold the exam."""
    mapping_id = await clerk.offset_rule(0, share=share, component=component, counts_as=counts_as)
    await clerk.pass_course(0, 0)
    (made,) = await clerk.request_offsets(clerk.offset(mapping_id, 0))
    await clerk.grant(made)
    return made


async def pushed(clerk: Clerk, plan: make.Plan, index: int = 0, **components: str) -> Json:
    """Push one result as the organisation reckons it, and read what became of it and what was kept."""
    row = clerk.desk.row(plan, index, components=components, total=None)
    outcome: Json = await clerk.desk.outcome(plan, row)
    kept = "SELECT total_hundredths FROM results ORDER BY id DESC LIMIT 1"
    return outcome | {"total": await clerk.ask(kept)}


async def test_a_wholly_exempt_component_is_not_sent_and_counts_as_the_rule_says(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await exempt(clerk)
    plan = await clerk.desk.plan()
    listed = await clerk.desk.get(f"/v1/partner/exam-plans/{plan.id}/candidates", who="machine")
    shown = [it["exempt_components"] for it in listed["items"]]
    assert shown[0] == [{"component_code": "theory", "share_percent": 100}]
    assert shown[1:] == [[]] * 9
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))
    sent = await pushed(clerk, plan, theory="60.00", practical="60.00")
    assert (sent["outcome"], sent["code"]) == ("rejected", "wrong_component")
    assert "practical" in sent["detail"]
    assert (await pushed(clerk, plan, theory="60.00"))["code"] == "wrong_component"
    sent = await pushed(clerk, plan, practical="50.00")
    assert (sent["outcome"], sent["total"]) == ("accepted", 6_200)
    assert (await pushed(clerk, plan, 1, practical="60.00"))["code"] == "wrong_component"


async def test_of_a_component_exempt_in_part_the_rest_is_examined(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await exempt(clerk, share=25, counts_as=60)
    plan = await clerk.desk.plan()
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))
    sent = await pushed(clerk, plan, theory="80.00", practical="70.00")
    # Theory: three quarters of 80 and one quarter of 60 is 75; 40 % of 75 and 60 % of 70 is 72.
    assert (sent["outcome"], sent["total"]) == ("accepted", 7_200)


async def test_an_exemption_granted_after_the_exam_or_ended_does_not_count(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 21, 4, tzinfo=UTC))
    await exempt(clerk)
    before, later = await clerk.desk.plan(), await clerk.desk.plan(exam_on=date(2026, 6, 21))
    assert (await pushed(clerk, before, practical="60.00"))["code"] == "wrong_component"
    assert (await pushed(clerk, later, practical="50.00"))["outcome"] == "accepted"
    ended = await clerk.desk.plan(exam_on=date(2026, 6, 21))
    await clerk.ask("UPDATE component_offsets SET ended_at = now() RETURNING 1")
    assert (await pushed(clerk, ended, practical="50.00"))["code"] == "wrong_component"


Reckons = Callable[[Clerk, pytest.MonkeyPatch], Awaitable[None]]
WHOLE: Reckons = test_a_wholly_exempt_component_is_not_sent_and_counts_as_the_rule_says
PART: Reckons = test_of_a_component_exempt_in_part_the_rest_is_examined


@pytest.mark.parametrize(
    ("said", "spoilt", "found_by"),
    [
        ("* coalesce(exempt.counts, 0)", "* 0", PART),
        ("- coalesce(exempt.share, 0)", "- 0", PART),
        ("full_mark_hundredths * exempt.counts", "full_mark_hundredths * 0 * exempt.counts", WHOLE),
        ("coalesce(exempt.share, 0) < 100", "true", WHOLE),
    ],
)
async def test_a_spoilt_reckoning_is_found_out(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, said: str, spoilt: str, found_by: Reckons
) -> None:
    whole = str(gathering.STAGE.text)
    assert said in whole
    monkeypatch.setattr(gathering, "STAGE", gathering.text(whole.replace(said, spoilt)))
    with pytest.raises(AssertionError):
        await found_by(clerk, monkeypatch)


async def test_a_certificate_says_that_an_exemption_it_was_earned_with_was_unwound_since(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await exempt(clerk)
    plan = await clerk.desk.plan()
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))
    assert (await pushed(clerk, plan, practical="50.00"))["outcome"] == "accepted"
    (award,) = await clerk.desk.awards()
    path = f"/v1/awards/{award['id']}/results"
    (result,) = await clerk.desk.get(path)
    assert result["lost_exemptions"] == []
    ended = "UPDATE component_offsets SET ended_at = clock_timestamp() WHERE conversion_id = :made RETURNING 1"
    assert await clerk.ask(ended, made=UUID(made)) == 1
    (result,) = await clerk.desk.get(path)
    (lost,) = result["lost_exemptions"]
    assert (lost["conversion_id"], lost["component_code"], lost["share_percent"]) == (made, "theory", 100)
