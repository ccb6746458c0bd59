"""What tests do through the API, in the fewest words: make a plan, push, and read everything back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from tests.exams import conditions, make
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.credits import commands as credits_

SignIn = Callable[[str], dict[str, str]]
Json = dict[str, Any]

SYSTEM = Actor(id=UUID(int=0), kind=ActorKind.SYSTEM, name="system", permissions=frozenset())


@dataclass
class Desk:
    """The service, the world in it, and a way to be anybody."""

    client: httpx.AsyncClient
    sign_in: SignIn
    world: World
    service: Service

    async def plan(self, **wish: Any) -> make.Plan:  # noqa: ANN401 - handed on to make.plan
        """Make a plan, see make.plan."""
        async with self.service.database.transaction() as session:
            return await make.plan(session, self.world, **wish)

    async def rule(self, **wish: Any) -> UUID:  # noqa: ANN401
        """Publish a rule, see conditions.rule."""
        async with self.service.database.transaction() as session:
            return await conditions.rule(session, self.world, **wish)

    async def limit(self, **wish: Any) -> None:  # noqa: ANN401
        """Set a limit, see conditions.limit."""
        async with self.service.database.transaction() as session:
            await conditions.limit(session, self.world, **wish)

    async def scheme(self, *parts: conditions.Part, **wish: Any) -> UUID:  # noqa: ANN401
        """Publish an assessment scheme, see conditions.scheme."""
        async with self.service.database.transaction() as session:
            return await conditions.scheme(session, self.world, *parts, **wish)

    async def social_candidate(self, plan: make.Plan, *, number: str | None = None) -> str:
        """Register a social candidate, see make.social_candidate."""
        async with self.service.database.transaction() as session:
            return await make.social_candidate(session, self.world, plan, self.service.sealer, number=number)

    def row(self, plan: make.Plan, index: int = 0, **changes: Any) -> Json:  # noqa: ANN401
        """Write a row, see make.row."""
        return make.row(self.world, plan, index, **changes)

    async def get(self, path: str, *, who: str = "registrar", **query: str | int) -> Any:  # noqa: ANN401 - JSON
        """Read something that is there."""
        answer = await self.client.get(path, params=query, headers=self.sign_in(who))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def status(self, path: str, *, who: str) -> int:
        """Tell how a read is answered."""
        return (await self.client.get(path, headers=self.sign_in(who))).status_code

    async def send(self, plan: make.Plan, *rows: Any, who: str = "machine", **how: str) -> httpx.Response:  # noqa: ANN401
        """Push rows and give whatever is answered."""
        return await make.push(self.client, self.sign_in(who), plan, list(rows), **how)

    async def push(self, plan: make.Plan, *rows: Any, **how: str) -> Json:  # noqa: ANN401
        """Push rows that are taken in, and give the batch as GET tells it."""
        answer = await self.send(plan, *rows, **how)
        assert answer.status_code == 201, answer.text
        batch: Json = await self.get(answer.headers["Location"], who="machine")
        return batch

    async def outcomes(self, plan: make.Plan, *rows: Any) -> list[Json]:  # noqa: ANN401
        """Push rows and read what became of each."""
        batch = await self.push(plan, *rows)
        return await self.rows_of(batch)

    async def outcome(self, plan: make.Plan, row: Any) -> Json:  # noqa: ANN401
        """Push one row and read what became of it."""
        (found,) = await self.outcomes(plan, row)
        return found

    async def code(self, plan: make.Plan, row: Any) -> str | None:  # noqa: ANN401
        """Push one row and tell why it was not taken, if it was not."""
        found = await self.outcome(plan, row)
        code: str | None = found["code"]
        return code

    async def rows_of(self, batch: Json, **query: str) -> list[Json]:
        """Read what became of a batch's rows, page by page."""
        rows: list[Json] = []
        token = ""
        while True:
            page = await self.get(
                batch["row_outcomes_url"],
                who="machine",
                page_size=100,
                **query,
                **({"page_token": token} if token else {}),
            )
            rows += page["items"]
            token = page["next_page_token"]
            if not token:
                return rows

    async def open_accounts(self, *indexes: int, who: str = "registrar") -> Json:
        """Open accounts for some of the first school's students, or for the whole cohort."""
        school = self.world.schools[0]
        wish: Json = {"student_ids": [str(school.students[index]) for index in indexes]}
        if not indexes:
            wish = {"programme_id": str(school.programmes[0]), "entry_year": 2024}
        answer = await self.client.post(
            "/v1/credit-accounts:open", json=wish, headers=self.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        )
        assert answer.status_code == 201, answer.text
        opened: Json = answer.json()
        return opened

    def account_path(self, index: int = 0, *, school: int = 0) -> str:
        """Say where a student's account is."""
        return f"/v1/students/{self.world.schools[school].students[index]}/credit-account"

    async def account(self, index: int = 0) -> Json:
        """Read the account of one of the first school's students."""
        account: Json = await self.get(self.account_path(index))
        return account

    async def reasons(self, index: int = 0) -> dict[str, str]:
        """Tell the reason of each outcome in a student's account by its level."""
        return {outcome["level"]: outcome["reason"] for outcome in (await self.account(index))["outcomes"]}

    async def entries(self, index: int = 0) -> list[Json]:
        """List the movements on a student's account."""
        account = await self.account(index)
        page = await self.get(f"/v1/credit-accounts/{account['id']}/entries", page_size=100)
        items: list[Json] = page["items"]
        return items

    async def awards(self, index: int | None = 0, **query: str) -> list[Json]:
        """List a student's certificates; None lists everybody's."""
        asked = query if index is None else query | {"student_id": str(self.world.schools[0].students[index])}
        page = await self.get("/v1/awards", page_size=100, **asked)
        items: list[Json] = page["items"]
        return items

    async def verify(self, code: str) -> Json:
        """Ask as the public whether a certificate stands."""
        answer = await self.client.get(f"/v1/verify/{code}")
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def summary(self, unit: str = "credit") -> Json:
        """Add up the book, and hold it to what must always be so."""
        units = {found["unit"]: found for found in (await self.get("/v1/ledger/summary"))["units"]}
        found: Json = units[unit]
        assert found["sum"] == 0
        assert all(kind["disagreeing"] == 0 for kind in found["kinds"])
        return found

    async def post_due_deposits(self) -> int:
        """Post what is due, as the worker does."""
        institution_id = self.world.schools[0].id
        async with self.service.database.transaction(institution_id=institution_id) as session:
            return await credits_.post_due_deposits(session, SYSTEM, institution_id=institution_id, cause=uuid4())

    async def sizes(self) -> dict[str, int]:
        """Count the rows of every table a push can write."""
        tables = (
            "result_batches", "result_rows", "results", "awards", "learning_outcomes", "journal_entries", "transfers",
            "ledger_accounts", "ledger_balances", "audit_events", "idempotency_keys",
        )  # fmt: skip
        sizes: dict[str, int] = dict.fromkeys(tables, 0)
        for school in self.world.schools:
            of_school = {"school": school.id}
            async with self.service.database.transaction(read_only=True, institution_id=school.id) as session:
                for table in tables:
                    counted = text(f"SELECT count(*) FROM {table} WHERE institution_id = :school")
                    sizes[table] += (await session.execute(counted, of_school)).scalar_one()
        return sizes


def set_clock(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    """Let it be a certain instant for the whole service."""
    monkeypatch.setattr(clock, "now", lambda: instant)
