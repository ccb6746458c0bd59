"""A settlement that reckons or agrees otherwise fails a test that has a name: those tests have teeth."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.settlements import test_contents, test_reports, test_settlements
from tests.settlements.make import Desk
from x_pilot_api.core.actors import Actor
from x_pilot_api.settlements.commands import settlements as commands
from x_pilot_api.settlements.models import Settlement, SettlementState
from x_pilot_api.settlements.queries import reports, snapshot
from x_pilot_api.settlements.rules import Party
from x_pilot_api.settlements.rules import settlements as rules

Named = Callable[[Desk], Awaitable[None]]


@dataclass(frozen=True)
class Mutant:
    """What the statement of a settlement says, what it would say instead, and which test must fail then."""

    says: str
    instead: str
    test: Named


_KINDS = test_settlements.test_a_settlement_counts_who_came_and_what_each_payer_bears
_EXCUSED = test_contents.test_an_absence_that_an_incident_excuses_is_exempt_and_a_mere_one_is_not
_GIVEN_BACK = test_contents.test_what_was_given_back_on_a_charge_that_stands_is_not_due
_ADJUSTED = test_settlements.test_a_payer_who_changes_is_paid_back_and_the_other_charged
_HEARD = test_contents.test_whatever_a_row_says_is_in_what_both_sides_agree_to

MUTANTS = {
    "refunds forgotten": Mutant("coalesce(refund.refunded_fen, 0)", "0", _KINDS),
    "reductions forgotten": Mutant("ELSE refunded_fen END AS reduced_fen", "ELSE 0 END AS reduced_fen", _GIVEN_BACK),
    "cancelled charges stand": Mutant("coalesce(charge.cancelled_at <= :as_of, false)", "false", _KINDS),
    "waivers forgotten": Mutant("coalesce(relief.waived_fen, 0)", "0", _KINDS),
    "subsidies are the student's": Mutant("coalesce(relief.subsidised_fen, 0)", "0", _KINDS),
    "payments forgotten": Mutant("coalesce(payment.paid_fen, 0)", "0", _KINDS),
    "guarantees forgotten": Mutant("guarantee.state IN ('used', 'forfeited')", "false", _KINDS),
    "absent counted as attended": Mutant(
        "attendance.state = 'absent' THEN 'absent'", "attendance.state = 'absent' THEN 'attended'", _KINDS
    ),
    "exempt counted as attended": Mutant(
        "excuse.registration_id IS NOT NULL THEN 'exempt'",
        "excuse.registration_id IS NOT NULL THEN 'attended'",
        _EXCUSED,
    ),
    "every absence excused": Mutant("excuse.registration_id IS NOT NULL THEN", "true THEN", _EXCUSED),
    "what was agreed to before forgotten": Mutant("coalesce(before.due_fen, 0)", "0", _ADJUSTED),
}


@pytest.mark.parametrize("name", MUTANTS)
async def test_a_settlement_that_reckons_otherwise_fails_a_test(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    mutant, true = MUTANTS[name], str(commands.TAKE)
    assert mutant.says in true
    monkeypatch.setattr(commands, "TAKE", text(true.replace(mutant.says, mutant.instead)))
    with pytest.raises(AssertionError):
        await mutant.test(desk)


@pytest.mark.parametrize("column", ["college_id", "presence", "guarantee_used", "paid_fen", "refunded_fen"])
async def test_a_hash_that_misses_a_column_fails_a_test(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    head, hashed = str(snapshot.SUM).split("concat_ws('|',")
    assert f" {column}," in hashed
    monkeypatch.setattr(snapshot, "SUM", text(f"{head}concat_ws('|',{hashed.replace(f' {column},', '', 1)}"))
    with pytest.raises(AssertionError, match=column):
        await _HEARD(desk)


async def test_one_side_that_agrees_for_both_fails_a_test(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def for_both(session: AsyncSession, actor: Actor, *, settlement_id: UUID, content_hash: str) -> Settlement:
        settlement = await agree(session, actor, settlement_id=settlement_id, content_hash=content_hash)
        settlement.institution_agreed_hash = settlement.organisation_agreed_hash = content_hash
        settlement.institution_agreed_by, settlement.organisation_agreed_by = uuid4(), uuid4()
        settlement.state = SettlementState.AGREED
        await session.flush()
        return settlement

    agree = commands.agree_settlement
    monkeypatch.setattr(commands, "agree_settlement", for_both)
    with pytest.raises(AssertionError):
        await test_settlements.test_both_sides_agree_and_what_was_agreed_to_is_paid(desk)


def test_one_person_who_agrees_for_both_fails_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    def anybody(actor: Actor, settlement: Settlement, *, content_hash: str) -> Party | None:
        assert content_hash == settlement.content_hash
        return rules.party_of(actor, settlement)

    monkeypatch.setattr(test_contents.rules, "check_agreement", anybody)
    with pytest.raises(pytest.fail.Exception):
        test_contents.test_nobody_agrees_for_both_sides()


@pytest.mark.parametrize(
    "test",
    [
        test_reports.test_spending_adds_up_by_college_certificate_and_payer,
        test_reports.test_coverage_has_numerator_denominator_and_what_they_are,
    ],
)
async def test_a_report_of_every_college_for_a_coordinator_fails_a_test(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, test: Named
) -> None:
    def every_college(actor: Actor, as_of: object) -> dict[str, Any]:
        return {"institution_id": actor.institution_id, "college_ids": None, "as_of": as_of}

    monkeypatch.setattr(reports, "bound", every_college)
    with pytest.raises(AssertionError):
        await test(desk)
