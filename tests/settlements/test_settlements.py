"""A plan's settlement through HTTP: drawn up, proposed, agreed to by both sides, paid, and adjusted later."""

import io
import random
from typing import Any
from uuid import uuid4

import pytest
import python_calamine
from sqlalchemy import select

from tests.settlements import make
from tests.settlements.make import FEE, Desk, Exam
from x_pilot_api.settlements.models import Settlement, SettlementRow

PAYMENT = {"document_number": "付〔2026〕118号", "paid_on": "2026-07-01"}


async def _of_all_kinds(desk: Desk) -> Exam:
    """Four candidates: one came by the guarantee, one is subsidised and absent, one was cancelled, one is not known."""
    it = await desk.exam()
    await desk.change(it, make.charge, 0)
    await desk.change(it, make.attend, 0)
    await desk.change(it, make.use_guarantee, 0)
    await desk.change(it, make.charge, 1, payer="student")
    await desk.change(it, make.relieve, 1, kind="subsidy", amount=10_000)
    await desk.change(it, make.relieve, 1, kind="waiver", amount=1_500)
    await desk.change(it, make.pay, 1, amount=30_000)
    await desk.change(it, make.attend, 1, state="absent")
    await desk.change(it, make.charge, 2, payer="college")
    await desk.change(it, make.pay, 2, amount=FEE)
    await desk.change(it, make.refund, 2, amount=FEE)
    return it


def _figures(told: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in told.items() if name.endswith("_fen") and name != "fee_fen"}


async def test_a_settlement_counts_who_came_and_what_each_payer_bears(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    drawn = await desk.drawn(it)
    assert (drawn["state"], drawn["number"], drawn["edition"], drawn["adjusts_id"]) == ("draft", 1, 1, None)
    assert [drawn[name] for name in ("candidates", "attended", "absent", "exempt", "unknown", "guarantees_used")] == [
        *(4, 1, 1, 0, 2, 1)
    ]
    assert _figures(drawn) == {
        "charged_fen": 3 * FEE,
        "cancelled_fen": FEE,
        "waived_fen": 1_500,
        "reduced_fen": 0,
        "paid_fen": 10_000 + 30_000 + FEE,
        "refunded_fen": FEE,
        "before_fen": 0,
        "due_fen": 2 * FEE - 1_500,
    }
    lines = {line["payer"]: line for line in drawn["lines"]}
    assert {payer: (line["candidates"], line["due_fen"]) for payer, line in lines.items()} == {
        "institution": (1, FEE),
        "student": (1, FEE - 11_500),
        "subsidy": (1, 10_000),
        "college": (1, 0),
        "none": (1, 0),
    }
    assert (lines["student"]["fee_standard_id"], lines["student"]["fee_fen"]) == (str(it.standard_id), FEE)
    rows = await desk.get(f"/v1/settlements/{drawn['id']}/rows")
    assert [(row["admission_number"], row["payer"], row["presence"]) for row in rows["items"]] == [
        (it.number(0), "institution", "attended"),
        (it.number(1), "student", "absent"),
        (it.number(1), "subsidy", "absent"),
        (it.number(2), "college", "unknown"),
        (it.number(3), "none", "unknown"),
    ]
    assert drawn["allowed_deeds"] == ["recompute", "propose"]


async def test_both_sides_agree_and_what_was_agreed_to_is_paid(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    drawn = await desk.drawn(it)
    hidden = await desk.client.get(f"/v1/settlements/{drawn['id']}", headers=desk.sign_in("org_staff"))
    assert hidden.status_code == 404
    shown = await desk.done(drawn, "propose")
    assert shown["allowed_deeds"] == ["recompute", "agree", "dispute"]
    theirs = await desk.get(f"/v1/settlements/{drawn['id']}", who="org_staff")
    assert (theirs["allowed_deeds"], theirs["content_hash"]) == (["agree", "dispute"], drawn["content_hash"])

    stale = await desk.ask(f"/v1/settlements/{drawn['id']}:agree", {"content_hash": "0" * 64}, who="org_staff")
    assert (stale.status_code, stale.json()["code"]) == (409, "settlement_changed")
    agreement = {"content_hash": shown["content_hash"]}
    one = await desk.done(shown, "agree", agreement, who="org_staff")
    assert (one["state"], one["institution_agreed"], one["organisation_agreed"]) == ("proposed", False, True)
    early = await desk.ask(f"/v1/settlements/{drawn['id']}:settle", PAYMENT)
    assert early.json()["code"] == "deed_not_allowed"
    both = await desk.done(shown, "agree", agreement)
    assert (both["state"], both["allowed_deeds"]) == ("agreed", ["settle"])
    assert (await desk.done(shown, "agree", agreement))["state"] == "agreed"
    late = await desk.ask(f"/v1/settlements/{drawn['id']}:settle", PAYMENT | {"paid_on": "2999-01-01"})
    assert (late.status_code, late.json()["code"]) == (409, "paid_in_future")
    paid = await desk.done(shown, "settle", PAYMENT)
    assert (paid["state"], paid["payment_document"], paid["allowed_deeds"]) == ("settled", "付〔2026〕118号", [])


async def test_new_figures_take_back_what_was_agreed_to(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    shown = await desk.done(await desk.drawn(it), "propose")
    await desk.done(shown, "agree", {"content_hash": shown["content_hash"]})
    await desk.change(it, make.charge, 3)
    anew = await desk.done(shown, "recompute")
    assert (anew["state"], anew["edition"], anew["institution_agreed"]) == ("draft", 2, False)
    assert anew["due_fen"] == shown["due_fen"] + FEE
    assert anew["content_hash"] != shown["content_hash"]
    again = await desk.done(anew, "propose")
    old = await desk.ask(f"/v1/settlements/{shown['id']}:agree", {"content_hash": shown["content_hash"]})
    assert old.json()["code"] == "settlement_changed"
    assert (await desk.agreed_to(again))["state"] == "agreed"


async def test_a_dispute_says_why_and_ends_with_new_figures(desk: Desk) -> None:
    shown = await desk.done(await desk.drawn(await _of_all_kinds(desk)), "propose")
    disputed = await desk.done(shown, "dispute", {"reason": "少计一人"}, who="org_staff")
    assert (disputed["state"], disputed["dispute_reason"]) == ("disputed", "少计一人")
    refused = await desk.ask(f"/v1/settlements/{shown['id']}:agree", {"content_hash": shown["content_hash"]})
    assert refused.json()["code"] == "deed_not_allowed"
    anew = await desk.done(disputed, "recompute")
    assert (anew["state"], anew["dispute_reason"]) == ("draft", None)


async def test_what_changes_after_the_agreement_makes_an_adjustment(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    first = await desk.agreed(await desk.drawn(it))
    nothing = await desk.ask(f"/v1/exam-plans/{it.plan_id}/settlements")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_adjust")
    await desk.change(it, make.charge, 3)
    await desk.change(it, make.relieve, 0, kind="waiver", amount=FEE)
    second = await desk.drawn(it)
    assert (second["number"], second["adjusts_id"]) == (2, first["id"])
    assert (second["before_fen"], second["due_fen"]) == (first["due_fen"], 0)
    changed = await desk.get(f"/v1/settlements/{second['id']}/rows", page_size=100)
    assert {
        (row["admission_number"], row["payer"]): (row["before_fen"], row["due_fen"])
        for row in changed["items"]
        if row["before_fen"] != row["due_fen"]
    } == {(it.number(0), "institution"): (FEE, 0), (it.number(3), "institution"): (0, FEE)}
    seen = await desk.get(f"/v1/settlements/{first['id']}")
    assert seen == await desk.get(f"/v1/settlements/{first['id']}")
    assert (seen["state"], seen["due_fen"], seen["content_hash"]) == ("agreed", first["due_fen"], first["content_hash"])
    for deed in ("recompute", "propose"):
        refused = await desk.ask(f"/v1/settlements/{first['id']}:{deed}")
        assert refused.json()["code"] == "deed_not_allowed"
    await desk.agreed(second)
    third = await desk.ask(f"/v1/exam-plans/{it.plan_id}/settlements")
    assert third.json()["code"] == "nothing_to_adjust"


async def test_a_payer_who_changes_is_paid_back_and_the_other_charged(desk: Desk) -> None:
    it = await desk.exam(candidates=1)
    await desk.change(it, make.charge, 0, payer="student")
    await desk.agreed(await desk.drawn(it))
    await desk.change(it, make.cancel, 0)
    await desk.change(it, make.charge, 0, payer="institution")
    second = await desk.drawn(it)
    assert {line["payer"]: (line["before_fen"], line["due_fen"]) for line in second["lines"]} == {
        "student": (FEE, 0),
        "institution": (0, FEE),
    }
    assert second["due_fen"] == 0


async def test_a_plan_has_one_open_settlement_and_none_without_locked_candidates(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    drawn = await desk.drawn(it)
    second = await desk.ask(f"/v1/exam-plans/{it.plan_id}/settlements")
    assert (second.status_code, second.json()["code"]) == (409, "settlement_open")
    assert drawn["id"] in second.json()["detail"]
    empty = await desk.exam(candidates=0, school=1)
    nobody = await desk.ask(f"/v1/exam-plans/{empty.plan_id}/settlements", who="registrar_2")
    assert (nobody.status_code, nobody.json()["code"]) == (409, "nothing_locked")
    assert (await desk.ask(f"/v1/exam-plans/{uuid4()}/settlements")).status_code == 404


async def test_a_coordinator_is_told_the_candidates_of_their_own_college(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    drawn = await desk.drawn(it)
    own = await desk.get(f"/v1/settlements/{drawn['id']}/rows", who="coordinator")
    assert {row["college_id"] for row in own["items"]} == {str(it.colleges[0])}
    for who in ("registrar_2", "org_staff_2"):
        hidden = await desk.client.get(f"/v1/settlements/{drawn['id']}", headers=desk.sign_in(who))
        assert hidden.status_code in {403, 404}


async def test_the_workbook_holds_totals_lines_and_candidates(desk: Desk) -> None:
    it = await _of_all_kinds(desk)
    drawn = await desk.drawn(it)
    answer = await desk.client.get(f"/v1/settlements/{drawn['id']}:export", headers=desk.sign_in("registrar"))
    assert answer.status_code == 200
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["汇总", "分项", "考生"]
    rows = book.get_sheet_by_name("考生").to_python()[1:]
    assert [row[0] for row in rows] == [it.number(index) for index in (0, 1, 1, 2, 3)]
    assert round(sum(float(str(row[11])) for row in rows) * 100) == drawn["due_fen"]


async def test_the_statement_is_a_pdf_with_the_hash_on_it(desk: Desk) -> None:
    drawn = await desk.agreed(await desk.drawn(await _of_all_kinds(desk)))
    answer = await desk.client.get(f"/v1/settlements/{drawn['id']}:print", headers=desk.sign_in("org_staff"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("seed", range(3))
async def test_totals_are_the_sums_of_the_rows_whatever_happened(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same worlds each time
    it = await desk.exam(candidates=8)
    for index in range(8):
        if chance.random() < 0.2:
            continue
        payer = chance.choice(("institution", "college", "student"))
        await desk.change(it, make.charge, index, payer=payer, amount=chance.randint(2, FEE))
        if chance.random() < 0.4:
            await desk.change(it, make.relieve, index, kind=chance.choice(("waiver", "subsidy")), amount=1)
        if chance.random() < 0.4:
            await desk.change(it, make.pay, index, amount=1)
            await desk.change(it, make.give_back, index, amount=1)
        if chance.random() < 0.7:
            await desk.change(it, make.attend, index, state=chance.choice(("present", "absent", "disputed")))
    told = await desk.drawn(it)
    async with desk.service.database.transaction(institution_id=it.day.institution_id) as session:
        rows = (await session.scalars(select(SettlementRow))).all()
        kept = (await session.scalars(select(Settlement))).one()
    for name in ("charged_fen", "cancelled_fen", "waived_fen", "reduced_fen", "paid_fen", "refunded_fen", "before_fen"):
        assert told[name] == sum(getattr(row, name) for row in rows) == getattr(kept, name)
        assert told[name] == sum(line[name] for line in told["lines"])
    assert told["due_fen"] == sum(row.due_fen - row.before_fen for row in rows)
    people = {row.registration_id: row.presence for row in rows}
    assert told["candidates"] == len(people) == 8
    assert told["attended"] == sum(presence == "attended" for presence in people.values())
