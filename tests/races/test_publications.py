"""What is made known once, by many at once and with real commits: a version, an opinion, a receipt, a correction."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import text

from tests.exams.desk import Desk, set_clock
from tests.publications.make import CONTENT, Press

AT_ONCE = 8


@pytest.fixture
async def press(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Press:
    set_clock(monkeypatch, datetime(2026, 5, 10, 2, tzinfo=UTC))
    return Press(desk)


async def _count(press: Press, table: str) -> int:
    async with press.desk.service.database.transaction(read_only=True) as session:
        return (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()


async def _codes(*answers: Awaitable[httpx.Response]) -> Counter[str]:
    found = await asyncio.gather(*answers)
    return Counter("done" if answer.is_success else answer.json()["code"] for answer in found)


async def test_what_is_made_known_once_is_there_once(press: Press) -> None:
    # One draft a document, whoever begins it; and one version of one draft.
    document = await press.policy()
    wish = {"policy_document_id": document["id"], "content": CONTENT | {"in_force_from": "2027-01-01"}}
    drafted = await _codes(*(press.send("/policy-drafts", wish) for _ in range(AT_ONCE)))
    assert drafted == {"done": 1, "policy_draft_exists": AT_ONCE - 1}
    draft_id = (await press.get(f"/policy-documents/{document['id']}"))["draft_id"]
    published = await _codes(*(press.send(f"/policy-drafts/{draft_id}:publish") for _ in range(AT_ONCE)))
    assert published == {"done": 1, "not_found": AT_ONCE - 1}
    assert await _count(press, "policy_versions") == 2

    # One opinion a reviewer.
    case = await press.case(state="submitted")
    opinion = {"recommends": True, "opinion": "可推广"}
    path = f"/typical-cases/{case['id']}:assess"
    said = await _codes(*(press.send(path, opinion, who="expert") for _ in range(AT_ONCE)))
    assert said == {"done": 1, "case_opinion_given": AT_ONCE - 1}

    # One receipt a person, from however many devices, and one entry in the record.
    bulletin = await press.bulletin()
    read = await _codes(*(press.send(f"/bulletins/{bulletin['id']}:read", who="student") for _ in range(AT_ONCE)))
    assert read == {"done": AT_ONCE}
    assert await _count(press, "bulletin_receipts") == 1
    assert await _count(press, "audit_events WHERE deed = 'read_bulletin'") == 1

    # One bulletin takes another's place.
    note = {"correction_note": "更正"}
    drafts = [await press.done(f"/bulletins/{bulletin['id']}:correct", note) for _ in range(AT_ONCE)]
    corrected = await _codes(*(press.send(f"/bulletin-drafts/{it['id']}:publish") for it in drafts))
    assert corrected == {"done": 1, "deed_not_allowed": AT_ONCE - 1}
    assert await press.titles("student") == [bulletin["title"]]
