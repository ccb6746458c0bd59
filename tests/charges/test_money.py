"""Money in is money out: whatever is charged, paid, let off, given back and cancelled, the book and the rows agree."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.charges.money import FEE, Money
from tests.exams.desk import SYSTEM
from tests.sizes import sized
from x_pilot_api.charges import commands, queries
from x_pilot_api.charges.commands import Cancel, paying
from x_pilot_api.charges.models import Charge, RefundCause, ReliefKind
from x_pilot_api.charges.rules import cancelling
from x_pilot_api.charges.schemas import RefundIn, ReliefIn, VoucherIn
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.errors import AppError
from x_pilot_api.identity.models import Role

_DEEDS = st.tuples(
    st.sampled_from(["pay", "pay", "waive", "subsidise", "refund", "cancel"]),
    st.integers(0, 2),
    st.sampled_from([1, 500, 20_000, 20_750, FEE, FEE + 1]),
)

_CHARGED = "SELECT registration_id FROM charges WHERE id = :charge_id"


@dataclass
class Book:
    """What must have come in and gone out, reckoned beside the service."""

    session: AsyncSession
    institution_id: UUID
    charges: list[UUID]
    paid: int = 0
    given_back: int = 0
    done: list[str] = field(default_factory=list[str])

    def person(self, index: int) -> Actor:
        """Be one of two people of the office."""
        return Actor(
            id=UUID(int=index + 1),
            kind=ActorKind.PERSON,
            name="-",
            permissions=frozenset(),
            institution_id=self.institution_id,
            roles=frozenset({Role.REGISTRAR}),
        )

    async def deed(self, kind: str, index: int, amount_fen: int) -> None:
        """Do one thing, and reckon what it moved; what is refused moves nothing."""
        charge_id, at = self.charges[index], {"document_number": uuid4().hex[:12], "reason": "-"}
        try:
            async with self.session.begin_nested():
                if kind == "pay":
                    wish = VoucherIn(
                        amount_fen=amount_fen, document_number=at["document_number"], paid_on=date(2026, 5, 1)
                    )
                    payment = await commands.record_voucher(
                        self.session, self.person(0), charge_id=charge_id, wish=wish, today=date(2026, 6, 1)
                    )
                    await commands.confirm_payment(self.session, self.person(1), payment_id=payment.id)
                    self.paid += amount_fen
                elif kind == "refund":
                    refund = RefundIn(cause=RefundCause.OVERCHARGE, amount_fen=amount_fen, **at)
                    await commands.refund_charge(self.session, self.person(0), charge_id=charge_id, wish=refund)
                    self.given_back += amount_fen
                elif kind == "cancel":
                    await self._cancel(charge_id)
                else:
                    relief = ReliefKind.WAIVER if kind == "waive" else ReliefKind.SUBSIDY
                    wish_ = ReliefIn(kind=relief, amount_fen=amount_fen, **at)
                    await commands.relieve_charge(self.session, self.person(0), charge_id=charge_id, wish=wish_)
            self.done.append(kind)
        except AppError:
            self.session.expire_all()

    async def _cancel(self, charge_id: UUID) -> None:
        charge = await queries.lock_charge(self.session, institution_id=self.institution_id, charge_id=charge_id)
        await self.session.refresh(charge)
        due = 0 if charge.state == "cancelled" else charge.paid_fen - charge.refunded_fen
        of = Cancel(_CHARGED, RefundCause.PLAN_CANCELLED, "-", "charge", charge_id, values={"charge_id": charge_id})
        await commands.cancel_charges(self.session, SYSTEM, institution_id=self.institution_id, of=of)
        self.session.expire_all()
        self.given_back += due

    async def agrees(self) -> bool:
        """Tell whether rows, book and reckoning say the same."""
        drift = await queries.find_drift(self.session, institution_id=self.institution_id)
        self.session.expire_all()
        rows = (await self.session.scalars(select(Charge).where(Charge.id.in_(self.charges)))).all()
        paid, back = sum(row.paid_fen for row in rows), sum(row.refunded_fen for row in rows)
        return list(drift) == [] and (paid, back) == (self.paid, self.given_back) and back <= paid


async def owed(money: Money) -> list[UUID]:
    """Let three students owe a fee each."""
    await money.publish()
    plan = await money.till.hall.plan()
    made = await money.till.hall.registered(plan, 0, 1, 2)
    await money.till.lock(plan)
    return [(await money.charge_of(each)).id for each in made]


async def run(money: Money, charges: list[UUID], deeds: list[Any]) -> bool:
    """Do some deeds in a transaction that is taken back, and tell whether all agrees after each."""
    database = money.till.hall.desk.service.database
    async with database.transaction(institution_id=money.till.school_id) as session:
        savepoint = await session.begin_nested()
        try:
            book = Book(session, money.till.school_id, charges)
            for deed in deeds:
                await book.deed(*deed)
                if not await book.agrees():
                    return False
            return True
        finally:
            await savepoint.rollback()


async def known(money: Money) -> list[UUID]:
    """Find who owes since an earlier example, or let them owe."""
    database = money.till.hall.desk.service.database
    async with database.transaction(institution_id=money.till.school_id) as session:
        found = (await session.scalars(select(Charge.id).order_by(Charge.id))).all()
    return list(found) or await owed(money)


@settings(max_examples=sized(12, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_DEEDS, max_size=8))
@example([("pay", 0, FEE), ("refund", 0, 500), ("cancel", 0, 1), ("pay", 0, 1)])
@example([("waive", 1, 20_000), ("subsidise", 1, 500), ("pay", 1, 20_750), ("cancel", 1, 1)])
@example([("pay", 2, FEE + 1), ("refund", 2, 1), ("pay", 2, 1), ("refund", 2, 1), ("refund", 2, 1)])
async def test_whatever_is_done_in_whatever_order_money_in_is_money_out(money: Money, deeds: list[Any]) -> None:
    assert await run(money, await known(money), deeds)


def nobody_asks(_charge: Charge, _amount_fen: int) -> None:
    """Refuse nothing."""


@pytest.mark.parametrize("lost", ["refund_entry", "set_off"])
async def test_where_an_entry_is_forgotten_it_shows(money: Money, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    charges = await owed(money)
    where = {"refund_entry": "WHERE due_fen > 0", "set_off": "WHERE paid_fen > 0"}[lost]
    monkeypatch.setattr(cancelling, "MONEY", cancelling.MONEY.replace(where, "WHERE false"))
    assert not await run(money, charges, [("pay", 0, FEE), ("cancel", 0, 1)])


async def test_where_nobody_asks_what_is_owed_the_row_itself_refuses(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    charges = await owed(money)
    monkeypatch.setattr(paying.deeds, "refuse_beyond", nobody_asks)
    with pytest.raises(Exception, match="charges_nothing_beyond_the_amount_check"):
        await run(money, charges, [("pay", 0, FEE + 1)])
