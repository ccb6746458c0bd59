"""An organisation's own list against ours: every difference with the figures on both sides, and nothing else kept."""

import httpx
from sqlalchemy import text

from tests.canaries import EAR
from tests.settlements import make
from tests.settlements.make import FEE, Desk, Exam, Json
from tests.world import identity_number

HEAD = "准考证号,金额（元）,考核情况"


async def _send(desk: Desk, settlement: Json, content: str, *, who: str = "org_staff") -> httpx.Response:
    return await desk.client.post(
        f"/v1/settlements/{settlement['id']}/reconciliations",
        content=content.encode(),
        headers=desk.sign_in(who) | {"Content-Type": "text/csv"},
    )


async def _shown(desk: Desk) -> tuple[Exam, Json]:
    it = await desk.exam()
    for index in range(4):
        await desk.change(it, make.charge, index)
    await desk.change(it, make.relieve, 1, kind="subsidy", amount=10_000)
    await desk.change(it, make.attend, 0)
    await desk.change(it, make.attend, 2, state="absent")
    return it, await desk.done(await desk.drawn(it), "propose")


async def test_a_list_that_agrees_has_no_differences(desk: Desk) -> None:
    it, shown = await _shown(desk)
    rows = "\n".join(f"{it.number(index)},415.00," for index in range(4))
    told = (await _send(desk, shown, f"{HEAD}\n{rows}\n")).json()
    assert (told["rows"], told["matching"], told["differences"], told["is_current"]) == (4, 4, 0, True)
    assert told["their_fen"] == told["our_fen"] == shown["due_fen"] == 4 * FEE


async def test_each_difference_is_kept_with_both_figures(desk: Desk) -> None:
    it, shown = await _shown(desk)
    secret = identity_number(7)
    lines = [
        f"{it.number(0)},400.00,缺考",
        f"{it.number(1)},415,",
        f"{it.number(1)},415,",
        f"{secret},415.00,参考",
        f"{it.number(2)},许多,缺考",
    ]
    answer = await _send(desk, shown, "\n".join([HEAD, *lines]))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert {kind: count for kind, count in told["kinds"].items() if count} == {
        "amount_differs": 1,
        "presence_differs": 1,
        "named_twice": 1,
        "theirs_only": 1,
        "unreadable": 1,
        "ours_only": 2,
    }
    assert (told["rows"], told["matching"]) == (5, 1)
    page = await desk.get(f"/v1/reconciliations/{told['id']}/differences", who="org_staff")
    found = [
        (it["kind"], it["row_number"], it["our_fen"], it["their_fen"], it["our_presence"], it["their_presence"])
        for it in page["items"]
    ]
    assert found[:4] == [
        ("amount_differs", 2, FEE, 40_000, "attended", "absent"),
        ("presence_differs", 2, FEE, 40_000, "attended", "absent"),
        ("named_twice", 4, FEE, FEE, "unknown", None),
        ("theirs_only", 5, None, FEE, None, "attended"),
    ]
    assert [(it["kind"], it["admission_number"]) for it in page["items"][5:]] == [
        ("ours_only", it.number(2)),
        ("ours_only", it.number(3)),
    ]
    assert (page["items"][4]["header"], page["items"][4]["row_number"]) == ("金额（元）", 6)
    # What stood where an admission number should, a person's number say, is nowhere.
    path = f"/v1/reconciliations/{told['id']}:export"
    exported = await desk.client.get(path, params={"format": "csv"}, headers=desk.sign_in("registrar"))
    async with desk.service.database.transaction(institution_id=it.day.institution_id) as session:
        kept = (await session.execute(text("SELECT string_agg(d::text, ',') FROM reconciliation_differences d"))).one()
    assert secret not in answer.text + str(page) + exported.text + str(kept)
    assert not EAR.faults()
    assert len(exported.text.splitlines()) == 8


async def test_a_comparison_is_with_an_edition_and_is_the_two_sides_own(desk: Desk) -> None:
    it, shown = await _shown(desk)
    told = (await _send(desk, shown, f"{HEAD}\n{it.number(0)},415.00,\n", who="registrar")).json()
    for who, status in (("org_staff_2", 404), ("registrar_2", 404), ("coordinator", 403)):
        hidden = await desk.client.get(f"/v1/reconciliations/{told['id']}", headers=desk.sign_in(who))
        assert hidden.status_code == status
    await desk.done(shown, "recompute")
    later = await desk.get(f"/v1/reconciliations/{told['id']}", who="org_staff")
    assert (later["edition"], later["is_current"]) == (1, False)
    hidden = await _send(desk, shown, f"{HEAD}\n")
    assert hidden.status_code == 404  # it is a draft again, which is the institution's own
    empty = await _send(desk, shown, f"{HEAD}\n", who="registrar")
    assert (empty.status_code, empty.json()["code"]) == (422, "table_empty")
