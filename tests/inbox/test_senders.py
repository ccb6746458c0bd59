"""Deeds tell whom they concern in their own transaction, once, and nobody who may not know yet."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import FEEDBACK, Office, expert
from tests.exams import make
from tests.exams.desk import Desk, set_clock
from tests.imports import files
from tests.imports.desk import Desk as Importing
from tests.inbox.box import Box
from x_pilot_api.identity.models import Membership
from x_pilot_api.inbox.models import Message

EARNED = [("result.received", "registration"), ("award.issued", "award"), ("credits.posted", "learning_outcome")]


async def _count(session: AsyncSession) -> int:
    return (await session.execute(select(func.count()).select_from(Message))).scalar_one()


async def test_a_result_tells_its_student_of_itself_the_certificate_and_the_credits(
    box: Box, desk: Desk, session: AsyncSession
) -> None:
    await desk.rule()
    await desk.open_accounts()
    plan = await desk.plan()
    before = await _count(session)
    await desk.push(plan, desk.row(plan), desk.row(plan, 1))
    assert sorted(await box.told()) == sorted(EARNED)
    assert await _count(session) - before == len(EARNED), "the other student has no account to be told in"
    by_kind = {it["kind"]: it for it in await box.messages()}
    (award,) = await desk.awards()
    assert by_kind["award.issued"]["object_id"] == award["id"]
    assert "智能财税1" in by_kind["award.issued"]["text"]
    assert by_kind["credits.posted"]["title"] == f"{(await desk.account())['accumulated']} 学分已存入您的学分账户"


async def test_a_rehearsal_tells_nobody_and_a_row_pushed_twice_tells_once(box: Box, desk: Desk) -> None:
    plan = await desk.plan()
    assert (await desk.send(plan, desk.row(plan), query="?validate_only=true")).status_code == 200
    assert await box.messages() == []
    await desk.push(plan, desk.row(plan))
    told = await box.told()
    await desk.push(plan, desk.row(plan))
    assert await box.told() == told
    assert {kind for kind, _ in told} == {"result.received", "award.issued"}


async def test_a_correction_tells_of_the_result_and_the_lost_certificate(box: Box, desk: Desk) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    before = len(await box.messages())
    await desk.push(plan, desk.row(plan, revision=2, reason="复核改判", **make.FAILED))
    new = (await box.messages())[: len(await box.messages()) - before]
    assert {it["kind"] for it in new} == {"result.changed", "award.revoked", "correction.done"}


async def test_what_waits_for_a_second_look_and_what_is_provisional_is_told_to_nobody(box: Box, desk: Desk) -> None:
    plan = await desk.plan()
    doubtful = await desk.outcome(plan, desk.row(plan, passed=False))
    assert doubtful["outcome"] == "quarantined"
    other = await desk.plan()
    await desk.push(other, desk.row(other, grading="provisional"))
    assert await box.messages() == []


async def test_credits_that_wait_for_objections_are_told_when_they_post(
    box: Box, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.rule()
    await desk.open_accounts()
    ends = datetime(2030, 1, 1, tzinfo=UTC)
    plan = await desk.plan(objections_until=ends)
    await desk.push(plan, desk.row(plan))
    assert "credits.posted" not in dict(await box.told())
    set_clock(monkeypatch, ends + timedelta(seconds=1))
    assert await desk.post_due_deposits() == 1
    assert await box.told()
    monkeypatch.undo()
    (posted,) = [it for it in await box.messages() if it["kind"] == "credits.posted"]
    assert "学分" in posted["title"]


async def test_a_student_whose_role_was_withdrawn_is_told_nothing(box: Box, desk: Desk, session: AsyncSession) -> None:
    plan = await desk.plan()
    await session.execute(delete(Membership).where(Membership.person_id == box.world.callers["student"].id))
    before = await _count(session)
    await desk.push(plan, desk.row(plan))
    assert await _count(session) == before


async def test_feedback_tells_the_staff_of_the_organisation_it_is_for(box: Box) -> None:
    office = Office(box.client, box.sign_in, box.world)
    given = await office.post("coordinator", FEEDBACK, office.feedback_wish(), status=201)
    assert await box.messages("org_staff") == []
    await office.post("registrar", f"{FEEDBACK}/{given['id']}:send")
    (told,) = await box.messages("org_staff")
    assert (told["kind"], told["object_id"]) == ("feedback.due", given["id"])
    assert given["due_on"] in told["text"]
    assert await box.messages("org_staff_2") == []


async def test_a_review_tells_the_experts_who_may_vote(box: Box, session: AsyncSession) -> None:
    office = Office(box.client, box.sign_in, box.world)
    names = [f"judge{number}" for number in range(3)]
    for name in names:
        await expert(session, box.world, name)
    await office.policy()
    certificate = await office.certificate()
    path = await office.begun(str(certificate["id"]), *names)
    for name in names:
        (told,) = await box.messages(name)
        assert (told["kind"], told["object_id"]) == ("review.assigned", path.rpartition("/")[2])
    assert await box.messages("coordinator") == []


async def test_an_import_tells_who_sent_it_when_it_waits_and_when_it_is_done(box: Box) -> None:
    office = Importing(box.client, box.service, box.sign_in("registrar"))
    previewed = await office.preview(files.csv(files.STUDENTS, files.student(1)))
    (waits,) = await box.messages("registrar")
    assert (waits["kind"], UUID(waits["object_id"])) == ("import.previewed", UUID(previewed["id"]))
    await office.apply(previewed)
    assert [it["kind"] for it in await box.messages("registrar")] == ["import.applied", "import.previewed"]
    assert await box.messages("coordinator") == []
