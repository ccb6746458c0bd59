"""The words of tests about money: a published fee, rules of who pays, and the figures that must agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from tests.charges.till import Till
from tests.exams.desk import Json
from tests.fees import make as fees
from x_pilot_api.charges import queries
from x_pilot_api.charges.models import Charge, PayerRule, ReliefMember, ReliefRule
from x_pilot_api.fees.models import FeeCeiling

FEE = 41_500
_SINCE = date(2026, 1, 1)


@dataclass
class Money:
    """What exams cost at a till."""

    till: Till

    async def publish(self, *, level: str = "2", fee_fen: int = FEE) -> None:
        """Have a fee published for a level."""
        database = self.till.hall.desk.service.database
        async with database.transaction(institution_id=self.till.school_id) as session:
            known = (await session.scalars(select(FeeCeiling.id))).first()
            await fees.store_standard(
                session,
                self.till.hall.desk.world,
                ceiling_id=known or await fees.store_ceiling(session),
                certificate_level_id=str(self.till.hall.level(level)),
                fee_fen=fee_fen,
                state="published",
            )

    async def payer(self, payer: str) -> None:
        """Rule who pays for everything."""
        async with self.till.hall.desk.service.database.transaction(institution_id=self.till.school_id) as session:
            session.add(
                PayerRule(
                    institution_id=self.till.school_id,
                    payer=payer,
                    document_number="财〔2026〕1号",
                    effective_from=_SINCE,
                    recorded_by=uuid4(),
                )
            )

    async def relief(self, *indexes: int, kind: str = "waiver", what: Mapping[str, int]) -> None:
        """Let some students off, or have a fund pay for them."""
        async with self.till.hall.desk.service.database.transaction(institution_id=self.till.school_id) as session:
            rule = ReliefRule(
                institution_id=self.till.school_id,
                id=uuid4(),
                kind=kind,
                group_code=uuid4().hex[:6],
                group_name="建档立卡",
                document_number="资〔2026〕2号",
                effective_from=_SINCE,
                recorded_by=uuid4(),
                share=what.get("share"),
                amount_fen=what.get("amount_fen"),
            )
            session.add(rule)
            await session.flush()
            session.add_all(
                ReliefMember(
                    institution_id=self.till.school_id, relief_rule_id=rule.id, student_id=self.till.student(index)
                )
                for index in indexes
            )

    async def charge_of(self, registration: Json) -> Charge:
        """Read the latest charge of a registration."""
        asked = select(Charge).where(Charge.registration_id == UUID(registration["id"])).order_by(Charge.id.desc())
        async with self.till.hall.desk.service.database.transaction(institution_id=self.till.school_id) as session:
            return (await session.scalars(asked.limit(1))).one()

    async def charges(self) -> list[tuple[str, str, int]]:
        """Tell payer, state and amount of every charge, in the order in which they were raised."""
        async with self.till.hall.desk.service.database.transaction(institution_id=self.till.school_id) as session:
            found = await session.scalars(select(Charge).order_by(Charge.id))
            return [(each.payer, each.state, each.amount_fen) for each in found.all()]

    async def drift(self) -> None:
        """Hold every charge to what the book says of it, and the book to its sum."""
        async with self.till.hall.desk.service.database.transaction(institution_id=self.till.school_id) as session:
            assert list(await queries.find_drift(session, institution_id=self.till.school_id)) == []

    async def accounts(self) -> dict[str, int]:
        """Sum up the institution's accounts of money."""
        summary = await self.till.hall.desk.get("/v1/ledger/summary", who="registrar")
        units = {each["unit"]: each for each in summary["units"]}
        if "cny" not in units:
            return {}
        assert units["cny"]["sum"] == 0
        return {each["kind"]: each["balance"] for each in units["cny"]["kinds"] if each["balance"]}
