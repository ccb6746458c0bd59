"""The feed to the outside platform: collected, dropped as a file for its owner alone, answered, each revision once."""

import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.exams import make
from tests.reports.make import Bureau
from x_pilot_api.core.service import Service
from x_pilot_api.reports import commands


async def collect(bureau: Bureau, *, retries: bool = False) -> int:
    """Collect what is new, and tell how many."""
    answer = await bureau.send("/feed-records:collect", {"retries_refused": retries})
    assert answer.status_code == 200, answer.text
    collected: int = answer.json()["collected"]
    return collected


async def send(bureau: Bureau, folder: Path) -> list[dict[str, Any]]:
    """Drop what was collected, and read all lines there are in the folder."""
    service: Service = replace(
        bureau.desk.service, settings=bureau.desk.service.settings.model_copy(update={"feed_dir": folder})
    )
    await commands.send_records(service, institution_id=bureau.desk.world.schools[0].id)
    return read(folder)


def read(folder: Path) -> list[dict[str, Any]]:
    """Read the lines of all files in the folder, each of which is whole and its owner's alone."""
    files = sorted(folder.glob("*.ndjson"))
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert not list(folder.glob(".*"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


async def receipts(bureau: Bureau, *given: tuple[str, str]) -> dict[str, int]:
    """Hand the platform's receipts in."""
    body = {"receipts": [{"record_id": record_id, "outcome": outcome, "message": "-"} for record_id, outcome in given]}
    answer = await bureau.send("/feed-receipts", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, int] = answer.json()
    return found


async def states(bureau: Bureau) -> list[tuple[int, str]]:
    """List each record's revision and state."""
    page = await bureau.desk.get("/v1/feed-records")
    return [(each["revision"], each["state"]) for each in page["items"]]


async def test_a_record_goes_once_per_revision_and_comes_back_with_a_receipt(bureau: Bureau, tmp_path: Path) -> None:
    desk, folder = bureau.desk, tmp_path / "feed"
    plan = await desk.plan(candidates=2)
    await desk.push(plan, desk.row(plan, 0, certificate_number="ZS-1"), desk.row(plan, 1, certificate_number="ZS-2"))
    assert [await collect(bureau), await collect(bureau)] == [2, 0]
    lines = await send(bureau, folder)
    documents = desk.world.schools[0].documents
    assert sorted(line["document_number"] for line in lines) == sorted(documents[:2])
    assert len(await send(bureau, folder)) == 2
    assert await states(bureau) == [(1, "sent"), (1, "sent")]

    first, second = (line["record_id"] for line in sorted(lines, key=lambda line: str(line["certificate_number"])))
    told = await receipts(bureau, (first, "accepted"), (second, "person_unknown"))
    assert told == {"applied": 2, "ignored": 0}
    assert (await receipts(bureau, (first, "format_refused"))) == {"applied": 0, "ignored": 1}
    assert sorted(await states(bureau)) == [(1, "accepted"), (1, "person_unknown")]
    assert [await collect(bureau), await collect(bureau, retries=True), await collect(bureau, retries=True)] == [
        0,
        1,
        0,
    ]
    await desk.push(plan, desk.row(plan, 0, revision=2, reason="复核改判", **make.FAILED))
    assert await collect(bureau) == 1
    lines = await send(bureau, folder)
    assert sorted((line["certificate_number"], line["revision"], line["state"]) for line in lines) == [
        ("ZS-1", 1, "valid"),
        ("ZS-1", 2, "revoked"),
        ("ZS-2", 1, "valid"),
        ("ZS-2", 2, "valid"),
    ]


async def test_no_number_is_plain_outside_the_file(bureau: Bureau, tmp_path: Path) -> None:
    desk = bureau.desk
    plan = await desk.plan(candidates=1)
    await desk.push(plan, desk.row(plan, 0))
    await collect(bureau)
    (line,) = await send(bureau, tmp_path / "feed")
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        kept = await session.scalars(text("SELECT sealed_line FROM feed_lines"))
        assert line["document_number"].encode() not in kept.one()
        told = await session.scalars(text("SELECT detail::text FROM audit_events WHERE object_kind = 'feed_records'"))
        assert not any(line["document_number"] in detail for detail in told.all())
    assert line["document_number"] not in json.dumps(await desk.get("/v1/feed-records"))


async def test_without_a_folder_nothing_is_sent_and_others_may_not(bureau: Bureau) -> None:
    refused = await bureau.send("/feed-records:send")
    assert (refused.status_code, refused.json()["code"]) == (409, "feed_not_configured")
    for who in ("coordinator", "auditor"):
        assert (await bureau.send("/feed-records:send", who=who)).status_code == 403
    assert await bureau.desk.status("/v1/feed-records", who="coordinator") == 403
    nobody = "0197a1c2-0000-7000-8000-000000000010"
    assert await receipts(bureau, (nobody, "accepted")) == {"applied": 0, "ignored": 1}
