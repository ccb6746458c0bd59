"""Verifying stored batches: whatever is changed in them as the owner of the database, or around them, is named."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import DATA_KEY, make_service, make_token
from tests.exams import make
from tests.exams.desk import Desk
from tests.identity import keys
from tests.identity.keys import Holder
from tests.partners.signing import Hand
from tests.world import build_world
from x_pilot_api import batch_command
from x_pilot_api.app import create_app
from x_pilot_api.core import provision, signatures
from x_pilot_api.core.db import Database
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams.models import ResultBatch
from x_pilot_api.oversight import queries

SIGNED = 3


@dataclass
class Kept:
    """Batches that were pushed for real: signed ones, oldest first, and one that is not."""

    urls: provision.Urls
    owner: Database
    signed: list[UUID]
    unsigned: UUID
    other_plan: UUID
    other_key: UUID

    async def named(self, *statements: str, **values: object) -> list[tuple[UUID, str]]:
        """Change something as the owner, verify, and take the change back; tell which batches were named and why."""
        sealer = Sealer(DATA_KEY)
        async with self.owner.engine.connect() as connection, AsyncSession(connection) as session:
            known = {"first": self.signed[0], "second": self.signed[1], "last": self.signed[-1]} | values
            for statement in statements:
                wanted = {name: value for name, value in known.items() if f":{name}" in statement}
                await session.execute(text(statement), wanted)
            report = await queries.verify_batches(session, sealer)
            await connection.rollback()
        assert report.signed + report.unsigned >= SIGNED
        return [(finding.batch_id, finding.what) for finding in report.findings]


@pytest.fixture(scope="module")
async def kept(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Kept]:
    urls = await asyncio.to_thread(new_database)
    service = make_service(Database(urls.service, settings), settings)
    owner = Database.as_owner(urls.owner, settings)
    try:
        async with service.database.transaction() as session:
            world = await build_world(session, service.sealer)
            holder, mine = Holder("live_client_1"), world.organisations[0].machine_client_id
            await keys.register(session, mine, holder)
            other_key = await keys.register(session, world.organisations[1].machine_client_id, Holder("live_client_2"))
            plan = await make.plan(session, world)
        token = make_token(service, mine, scope=world.callers["machine"].scope)
        headers = {"Authorization": f"Bearer {token}"}
        transport = httpx.ASGITransport(app=create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            desk = Desk(client, lambda _: headers, world, service)
            made: list[UUID] = []
            for index in range(SIGNED + 1):
                body = json.dumps({"exam_plan_id": str(plan.id), "rows": [desk.row(plan, index)]}).encode()
                pushed = Hand(holder).sign(body)
                if index == SIGNED:
                    pushed = pushed.but(signature=None, signature_input=None, content_digest=None)
                answer = await client.post(pushed.path, content=body, headers={**pushed.headers, **headers})
                assert answer.status_code == 201, answer.text
                made.append(UUID(answer.json()["id"]))
        async with service.database.transaction() as session:
            other_plan = (await make.plan(session, world)).id
        yield Kept(urls, owner, made[:SIGNED], made[SIGNED], other_plan, other_key)
    finally:
        await owner.close()
        await service.database.close()


async def test_what_was_pushed_holds(kept: Kept, settings: Settings) -> None:
    report = await batch_command.verify(settings, kept.urls.owner, Sealer(DATA_KEY))
    assert (report.signed, report.unsigned, report.findings) == (SIGNED, 1, [])


_SWAP = """UPDATE result_batches one SET {columns} FROM result_batches other
WHERE (one.id = :first AND other.id = :second) OR (one.id = :second AND other.id = :first)"""
SIGNATURE = ("signature", "signature_base", "client_key_id")


def swap(*columns: str) -> str:
    """Give the first batch what is the second's, and the second what is the first's."""
    return _SWAP.format(columns=", ".join(f"{name} = other.{name}" for name in columns))


_FLIPPED = "sealed_body = set_byte(sealed_body, 20, 255 - get_byte(sealed_body, 20))"
_OTHER_JWK = "SELECT other.public_jwk FROM client_keys other WHERE other.id = :other_key"
CASES = {
    "a byte of the body": (
        f"UPDATE result_batches SET {_FLIPPED} WHERE id = :last",
        "bytes were changed",
    ),
    "the name of the data key": ("UPDATE result_batches SET key_id = 'gone' WHERE id = :last", "data key gone"),
    "the exam plan": ("UPDATE result_batches SET exam_plan_id = :other_plan WHERE id = :last", "another exam plan"),
    "the number of rows": ("UPDATE result_batches SET row_count = 2 WHERE id = :last", "another number of rows"),
    "a byte of the signature": (
        "UPDATE result_batches SET signature = set_byte(signature, 3, get_byte(signature, 3) # 1) WHERE id = :last",
        "signature does not hold",
    ),
    "what was signed": (
        "UPDATE result_batches SET signature_base = replace(signature_base, 'POST', 'PUT') WHERE id = :last",
        "signature does not hold",
    ),
    "the signature taken away": (
        "UPDATE result_batches SET signature = NULL, signature_base = NULL, client_key_id = NULL WHERE id = :last",
        "the audit names another key",
    ),
    "the key": ("UPDATE result_batches SET client_key_id = :other_key WHERE id = :last", "the audit names another key"),
    "the public key of then": (
        f"UPDATE client_keys SET public_jwk = ({_OTHER_JWK}) WHERE id <> :other_key",
        "signature does not hold",
    ),
    "the day": (
        "UPDATE result_batches SET received_at = received_at - interval '1 day' WHERE id = :last",
        "signed at another time",
    ),
    "a key revoked before": (
        "UPDATE client_keys SET revoked_at = not_before WHERE id <> :other_key",
        "did not count when it came",
    ),
    "a key never approved": (
        "UPDATE client_keys SET approved_at = NULL, approved_by = NULL WHERE id <> :other_key",
        "did not count when it came",
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_a_changed_batch_is_named_with_the_reason(kept: Kept, case: str) -> None:
    statement, said = CASES[case]
    found = await kept.named(statement, other_plan=kept.other_plan, other_key=kept.other_key)
    everywhere = "client_keys SET" in statement
    assert [batch_id for batch_id, _ in found] == (kept.signed if everywhere else kept.signed[-1:])
    assert all(said in what for _, what in found), found


@pytest.mark.parametrize(
    ("columns", "said"),
    [(("sealed_body",), "not those that were signed"), (SIGNATURE, "not those that were signed")],
    ids=["their bytes", "their signatures"],
)
async def test_two_batches_that_change_places_are_both_named(kept: Kept, columns: tuple[str, ...], said: str) -> None:
    found = await kept.named(swap(*columns))
    assert [(batch_id, said in what) for batch_id, what in found] == [(kept.signed[0], True), (kept.signed[1], True)]


async def test_a_batch_that_stands_there_twice_is_named_once(kept: Kept) -> None:
    async with kept.owner.transaction(read_only=True) as session:
        row = (await session.scalars(select(ResultBatch).where(ResultBatch.id == kept.signed[0]))).one()
    columns = [column.name for column in ResultBatch.__table__.columns if column.name not in {"id", "received_at"}]
    listed = ", ".join(columns)
    copied = f"INSERT INTO result_batches ({listed}) SELECT {listed} FROM result_batches WHERE id = :first"
    ((batch_id, what),) = await kept.named(copied)
    assert batch_id not in {row.id, *kept.signed}
    assert what == "its signature is another batch's"


async def test_bytes_that_are_not_compared_with_what_was_signed_would_be_seen(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def credulous(**_: object) -> bool:
        return True

    monkeypatch.setattr(signatures, "still_holds", credulous)
    statement, said = CASES["what was signed"]
    assert not any(said in what for _, what in await kept.named(statement))
