"""Of certificates that policy counts as similar, the highest level brings credits, on the days it counts them so."""

from uuid import uuid4

from tests.exams import make
from tests.exams.desk import Desk, Json


async def count_as_similar(desk: Desk, *, starts: str, ends: str | None = None) -> None:
    """Let the office load that both organisations' certificates are similar."""
    for organised in desk.world.organisations:
        limit: Json = {
            "code": "highest_level",
            "certificate_id": str(organised.certificate_id),
            "family": "智能财税类",
            "document_number": "苏财院教〔2025〕9号",
            "effective_from": starts,
            "effective_to": ends,
        }
        headers = desk.sign_in("registrar") | {"Idempotency-Key": uuid4().hex}
        answer = await desk.client.post("/v1/policy-limits", json=limit, headers=headers)
        assert answer.status_code == 201, answer.text


async def two_plans(desk: Desk) -> tuple[make.Plan, make.Plan]:
    """Plan level 1 of the first organisation, bringing 1.00, and level 2 of the second, bringing 3.00."""
    await desk.rule(level="1", credit=100)
    await desk.rule(level="2", credit=300, organisation=1)
    await desk.open_accounts(0)
    lower = await desk.plan(levels=("1",), candidates=1)
    return lower, await desk.plan(levels=("2",), candidates=1, organisation=1)


async def push(desk: Desk, plan: make.Plan, row: Json, who: str) -> None:
    answer = await desk.send(plan, row, who=who)
    assert answer.status_code == 201, answer.text


async def test_the_higher_level_of_a_similar_certificate_counts_and_gives_back_when_it_is_lost(desk: Desk) -> None:
    await count_as_similar(desk, starts="2025-09-01")
    lower, higher = await two_plans(desk)
    await push(desk, lower, desk.row(lower), "machine")
    assert (await desk.account())["accumulated"] == "1.00"
    await push(desk, higher, desk.row(higher), "machine_2")
    assert (await desk.account())["accumulated"] == "3.00"
    assert await desk.reasons() == {"1": "higher_level_counts", "2": "deposited"}
    await push(desk, higher, desk.row(higher, revision=2, grading="voided"), "machine_2")
    assert (await desk.account())["accumulated"] == "1.00"
    assert await desk.reasons() == {"1": "deposited", "2": "award_revoked"}


async def test_a_lower_level_later_brings_nothing(desk: Desk) -> None:
    await count_as_similar(desk, starts="2025-09-01")
    lower, higher = await two_plans(desk)
    await push(desk, higher, desk.row(higher), "machine_2")
    await push(desk, lower, desk.row(lower), "machine")
    assert (await desk.account())["accumulated"] == "3.00"
    assert await desk.reasons() == {"1": "higher_level_counts", "2": "deposited"}


async def test_on_other_days_each_certificate_counts_for_itself(desk: Desk) -> None:
    # The exams are on 2026-06-20, the first day on which they are similar no longer.
    await count_as_similar(desk, starts="2025-09-01", ends="2026-06-20")
    lower, higher = await two_plans(desk)
    await push(desk, lower, desk.row(lower), "machine")
    await push(desk, higher, desk.row(higher), "machine_2")
    assert (await desk.account())["accumulated"] == "4.00"
