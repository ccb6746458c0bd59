"""Auditors read and export what was done; anybody proves what is in a log."""

import base64
import csv
import io
import json
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from tests.exams.desk import Desk
from tests.oversight import independent
from x_pilot_api.core import audit, notes
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.oversight import commands
from x_pilot_api.oversight.models import Log
from x_pilot_api.oversight.queries import proofs

SOMEBODY = Actor(id=UUID(int=7), kind=ActorKind.PERSON, name="-", permissions=frozenset())


async def test_an_auditor_reads_who_did_what_from_where(desk: Desk) -> None:
    opened = await desk.client.post(
        "/v1/credit-accounts:open",
        json={"student_ids": [str(desk.world.schools[0].students[0])]},
        headers=desk.sign_in("registrar")
        | {"Idempotency-Key": "one", "User-Agent": "Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0"},
    )
    page = await desk.get(
        "/v1/audit-events", who="auditor", deed="open_credit_accounts", request_id=opened.headers["x-request-id"]
    )
    [event] = page["items"]
    assert event["actor_id"] == str(desk.world.callers["registrar"].id)
    assert (event["client_address"], event["client_agent"]) == ("127.0.0.1", "Firefox")
    assert event["detail"] == {"opened": 1, "skipped": 0}


async def test_reading_and_exporting_the_audit_is_on_record(desk: Desk) -> None:
    await desk.get("/v1/audit-events", who="auditor", deed="approve_mapping")
    answer = await desk.client.get("/v1/audit-events:export", headers=desk.sign_in("auditor"))
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert [event["deed"] for event in told if event["object_kind"] == "audit"] == ["read_audit", "export_audit"]
    assert told[-2]["detail"] == {"deed": "approve_mapping"}
    assert told[-1]["actor_id"] == str(desk.world.callers["auditor"].id)


async def test_an_institution_s_auditor_sees_no_other_audit(desk: Desk) -> None:
    await desk.open_accounts(0)
    page = await desk.get("/v1/audit-events", who="auditor_2", page_size=100)
    assert {event["deed"] for event in page["items"]} == {"read_audit"}


async def test_an_export_as_csv_holds_no_formula(desk: Desk) -> None:
    school = desk.world.schools[0]
    async with desk.service.database.transaction() as session:
        await audit.record(
            session, SOMEBODY, "=cmd()", institution_id=school.id, object_kind="@x", object_id=school.id,
            before={"state": "draft", "same": 1}, after={"state": "agreed", "same": 1},
        )  # fmt: skip
    answer = await desk.client.get(
        "/v1/audit-events:export",
        params={"format": "csv", "object_id": str(school.id)},
        headers=desk.sign_in("auditor"),
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    [row] = [row for row in rows if row["object_kind"] == "'@x"]
    assert row["deed"] == "'=cmd()"
    assert (json.loads(row["before"]), json.loads(row["after"])) == ({"state": "draft"}, {"state": "agreed"})


async def test_an_export_longer_than_a_page_is_whole(desk: Desk) -> None:
    school = desk.world.schools[0]
    objects = {uuid4(): audit.Told({"n": number}) for number in range(2_300)}
    async with desk.service.database.transaction() as session:
        await audit.record_each(
            session, SOMEBODY, "count", institution_id=school.id, object_kind="number", objects=objects
        )
    answer = await desk.client.get("/v1/audit-events:export", params={"deed": "count"}, headers=desk.sign_in("auditor"))
    assert sorted(json.loads(line)["detail"]["n"] for line in answer.text.splitlines()) == list(range(2_300))


async def _sealed(desk: Desk, log: Log) -> int:
    async with desk.service.database.transaction() as session:
        return await commands.seal_log(session, commands.signer_of(desk.service), log)


async def test_anybody_can_prove_what_is_in_a_log_and_that_it_only_grew(desk: Desk) -> None:
    school = desk.world.schools[0]
    log, base = Log(school.id), f"/v1/logs/{school.id}"
    sizes: list[int] = []
    for index in range(4):
        await desk.open_accounts(index)
        assert await _sealed(desk, log)
        latest = (await desk.client.get(f"{base}/checkpoints/latest")).json()
        origin = log.origin(desk.service.settings.issuer)
        signed = notes.read(latest["checkpoint"], origin=origin, publics=desk.service.log_key.publics)
        assert (signed.size, base64.b64encode(signed.root).decode()) == (latest["size"], latest["root"])
        assert latest["verifier_key"].startswith(f"{origin}+")
        sizes.append(latest["size"])
    page = (await desk.client.get(f"{base}/checkpoints", params={"page_size": 3})).json()
    assert [item["size"] for item in page["items"]] == sizes[:3]
    async with desk.service.database.transaction(read_only=True) as session:
        leaves = (await session.scalars(text("SELECT leaf FROM log_leaves ORDER BY leaf_number"))).all()
    for size in sizes:
        for number, leaf in enumerate(leaves[:size]):
            asked = {"leaf": base64.urlsafe_b64encode(leaf).decode(), "size": size}
            proof = (await desk.client.get(f"{base}/proofs/inclusion", params=asked)).json()
            root, hashes = base64.b64decode(proof["root"]), [base64.b64decode(it) for it in proof["hashes"]]
            assert proof["leaf_number"] == number
            assert independent.includes(root, size, number, leaf, hashes)
        asked = {"first": sizes[0], "second": size}
        proof = (await desk.client.get(f"{base}/proofs/consistency", params=asked)).json()
        assert independent.continues(
            base64.b64decode(proof["first_root"]), sizes[0], base64.b64decode(proof["root"]), size,
            [base64.b64decode(it) for it in proof["hashes"]],
        )  # fmt: skip


async def test_what_was_never_sealed_has_no_proof(desk: Desk) -> None:
    base = f"/v1/logs/{desk.world.schools[0].id}"
    for path, status in (
        ("/v1/logs/nonsense/checkpoints", 404),
        (f"{base}/checkpoints/latest", 404),
        (f"{base}/proofs/consistency?first=1&second=2", 404),
        (f"{base}/proofs/inclusion?leaf=abc", 400),
    ):
        assert (await desk.client.get(path)).status_code == status, path


_MANY = text("""
INSERT INTO log_leaves (institution_id, leaf_number, source, row_id, leaf)
SELECT :school, number, 'audit_events', uuidv7(), sha256(number::text::bytea) FROM generate_series(0, 5000) AS number
""")


async def test_a_proof_looks_its_leaf_up_in_an_index(desk: Desk) -> None:
    log = Log(desk.world.schools[0].id)
    asked = proofs.places_of(log, leaf=b"x" * 32, size=4_000).limit(1)
    written = asked.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    async with desk.service.database.transaction() as session:
        await session.execute(_MANY, {"school": log.institution_id})
        plan = "\n".join(await session.scalars(text(f"EXPLAIN {written}")))
    assert "log_leaves_leaf_idx" in plan
