"""A problem is heard: what an association was promised is done late and checked, what a teacher found is set right."""

from datetime import UTC, date, datetime
from uuid import UUID

import httpx
import pytest

from tests.exams.desk import Desk, Json, SignIn, set_clock
from tests.guidance.make import Guide
from tests.world import World
from x_pilot_api.core.service import Service
from x_pilot_api.guidance.commands import telling


async def _morning(guide: Guide, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let a day begin: what the worker does then is done."""
    set_clock(monkeypatch, datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
    own: UUID = guide.desk.world.schools[0].id
    async with guide.desk.service.database.transaction(institution_id=own) as session:
        await telling.remind_owners(session, institution_id=own, today=day)


@pytest.fixture
async def guide(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Guide:
    guide = Guide(Desk(client, sign_in, world, service))
    await guide.employ_teacher()
    return guide


async def test_a_problem_is_heard(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    await _morning(guide, monkeypatch, date(2026, 5, 10))
    # The college consults with an association, which wants its members trained and a letter answered.
    party = await guide.party("淮安市会计学会", credit_code="91350100M000100Y43")
    consultation = await guide.done("/consultations", guide.consultation_wish(party))
    assert (await guide.sign_off(consultation)).status_code == 200
    await guide.done(f"/consultations/{consultation['id']}:add", {"body": "学会另提出：5月底前答复培训安排。"})
    agreed = await guide.follow_up(consultation, owner="coordinator", due_on="2026-05-15")
    letter = guide.letter_wish(party, direction="incoming", answer_due_on="2026-05-15", subject="培训安排的询问")
    asked = await guide.done("/correspondence", letter)
    # A teacher finds that the certificate's system breaks down; the office gives it to the college.
    certificate_id = str(guide.desk.world.organisations[0].certificate_id)
    problem = await guide.raise_problem(who="teacher", about="certificate", certificate_id=certificate_id)
    wish = {"owner_id": guide.person("coordinator"), "due_on": "2026-05-15"}
    await guide.done(f"/pilot-problems/{problem['id']}:assign", wish, who="registrar")

    # Nothing is done; whoever owns it hears the day before and the day after, each once.
    for day in (14, 15, 16, 17):
        await _morning(guide, monkeypatch, date(2026, 5, day))
    told = [kind for kind, _ in await guide.told("coordinator")]
    assert (told.count("guidance.due_tomorrow"), told.count("guidance.overdue")) == (3, 3)
    ageing = await guide.desk.get("/v1/pilot-problem-ageing", who="registrar")
    assert (ageing["open"], ageing["overdue"], ageing["colleges"][0]["oldest_days"]) == (1, 1, 7)
    assert [it["id"] for it in await guide.items("/follow-ups", overdue="true", who="registrar")] == [agreed["id"]]
    (waiting,) = await guide.items("/correspondence", unanswered="true")
    assert waiting["id"] == asked["id"]

    # The letter is answered, what was agreed is done and checked by the office.
    reply = guide.letter_wish(party, sent_on="2026-05-17", answers_id=asked["id"], subject="培训安排的复函")
    await guide.done("/correspondence", reply)
    await guide.done(f"/follow-ups/{agreed['id']}:finish", {"result": "已复函，附培训计划"})
    checked = await guide.done(f"/follow-ups/{agreed['id']}:check", {"comment": "属实"}, who="registrar")
    assert (checked["state"], checked["checker_name"]) == ("checked", "registrar")

    # The problem is said to be solved, is not, and then is.
    path = f"/pilot-problems/{problem['id']}"
    await guide.done(f"{path}:resolve", {"resolution": "请评价组织重启服务"})
    await guide.done(f"{path}:reopen", {"remark": "仍会掉线", "due_on": "2026-05-25"}, who="teacher")
    await guide.done(f"{path}:resolve", {"resolution": "评价组织更换服务器"})
    await _morning(guide, monkeypatch, date(2026, 5, 20))
    heard = await guide.done(f"{path}:confirm", {"remark": "未再掉线"}, who="teacher")
    assert (heard["state"], heard["age_days"]) == ("confirmed", 10)
    assert [step["deed"] for step in heard["steps"]] == ["raise", "assign", "resolve", "reopen", "resolve", "confirm"]
    assert (await guide.desk.get("/v1/pilot-problem-ageing", who="registrar"))["open"] == 0
    await _as_it_was(guide, consultation)


async def _as_it_was(guide: Guide, consultation: Json) -> None:
    """See that the party is answered, and that what was signed off is as it was."""
    (shown,) = await guide.items("/outside-parties")
    assert (shown["consultations"], shown["correspondence"], shown["unanswered"]) == (1, 2, 0)
    kept = await guide.desk.get(f"/v1/consultations/{consultation['id']}", who="auditor")
    assert [entry["body"] for entry in kept["entries"]] == [
        consultation["minutes"],
        "学会另提出：5月底前答复培训安排。",
    ]
