"""Sums as tests look at them."""

from collections import Counter
from uuid import UUID

from sqlalchemy import text

from tests.exams.desk import SYSTEM, Desk, Json
from x_pilot_api.charges import commands as charges
from x_pilot_api.tallies import commands, queries, rules
from x_pilot_api.tallies.queries import Finding

_ALL = text(f"SELECT measure, sum(amount)::bigint AS amount FROM ({rules.KEPT}) AS kept GROUP BY measure")


class Sums(Desk):
    """A desk that knows its first school's sums."""

    @property
    def school(self) -> UUID:
        """Tell whose sums they are."""
        return self.world.schools[0].id

    async def rebuild(self) -> int:
        """Mend them."""
        async with self.service.database.transaction(institution_id=self.school) as session:
            return await commands.rebuild(session, SYSTEM, institution_id=self.school)

    async def fold(self) -> int:
        """Fold what was added."""
        async with self.service.database.transaction(institution_id=self.school) as session:
            return await commands.fold(session, institution_id=self.school)

    async def grant_guarantees(self) -> None:
        """Grant every student of the pilot their attempt."""
        async with self.service.database.transaction(institution_id=self.school) as session:
            await charges.grant_guarantees(session, SYSTEM, institution_id=self.school)

    async def findings(self) -> list[Finding]:
        """Count the facts anew."""
        async with self.service.database.transaction(read_only=True, institution_id=self.school) as session:
            return list((await queries.verify_tallies(session, institution_id=self.school)).findings)

    async def read(self) -> dict[str, int]:
        """Tell what each measure comes to, and see that all of it is exact."""
        assert await self.findings() == []
        async with self.service.database.transaction(read_only=True, institution_id=self.school) as session:
            rows = (await session.execute(_ALL, {"institution_id": self.school})).all()
        return dict(Counter({row.measure: row.amount for row in rows if row.amount}))

    async def do(self, path: str, body: Json | None = None, *, who: str = "registrar", **headers: str) -> Json:
        """Do a deed that is done."""
        answer = await self.client.post(path, json=body, headers=self.sign_in(who) | headers)
        assert answer.status_code in {200, 201}, answer.text
        done: Json = answer.json()
        return done
