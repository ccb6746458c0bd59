"""Exits and what they leave to be done."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import TODAY, Json, Office
from tests.exams import make as exams
from tests.exams.desk import Desk
from tests.mappings import make as mappings
from x_pilot_api.certificates.models import Admission
from x_pilot_api.mappings.models import MappingState

EXITS, REVIEWS, ITEMS = "/v1/certificate-exits", "/v1/certificate-reviews", "/v1/teach-out-items"


async def proposed(office: Office, **wish: Any) -> str:  # noqa: ANN401
    told = await office.post("coordinator", EXITS, office.exit_wish(**wish), status=201)
    return f"{REVIEWS}/{told['id']}"


def counted(plan: Json) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for item in plan["items"]:
        found.setdefault(item["kind"], []).append(item["concerned"])
    return found


async def test_a_proposed_exit_keeps_whom_it_concerns_each_with_a_day_and_an_owner(
    office: Office, desk: Desk, session: AsyncSession
) -> None:
    mapping = await mappings.bring(session, office.world, MappingState.DRAFT)
    await mappings.bring(session, office.world, MappingState.DRAFT, organisation=1)
    exam_on = TODAY + timedelta(days=60)
    plan = await exams.plan(session, office.world, candidates=3, exam_on=exam_on.replace(month=12, day=20))
    done = await exams.plan(session, office.world, candidates=2, exam_on=TODAY)
    await session.flush()
    await desk.push(
        done, desk.row(done, 0), desk.row(done, 1, activity="absent", components={}, total=None, passed=False)
    )
    path = await proposed(office)
    told = await office.get(f"{path}/teach-out")
    assert counted(told) == {
        "students_in_training": [10],
        # One sat an exam and used the attempt; one stayed away once and keeps it.
        "unused_attempts": [9],
        "mapping": [1],
        "registrations": [3],
    }
    by_kind = {item["kind"]: item for item in told["items"]}
    assert by_kind["mapping"]["subject_id"] == str(mapping.id)
    assert by_kind["registrations"]["subject_id"] == str(plan.id)
    exit_on = str(TODAY + timedelta(days=30))
    assert by_kind["students_in_training"]["due_on"] == exit_on
    assert {item["owner_id"] for item in told["items"]} == {str(office.world.callers["coordinator"].id)}
    assert [item["due_on"] for item in told["items"]] == sorted(item["due_on"] for item in told["items"])


async def test_the_plan_is_kept_as_it_was_counted(office: Office, session: AsyncSession) -> None:
    path = await proposed(office)
    before = await office.get(f"{path}/teach-out")
    await exams.plan(session, office.world, candidates=3)
    assert await office.get(f"{path}/teach-out") == before


async def test_an_item_is_given_to_somebody_else_and_done(office: Office) -> None:
    path = await proposed(office)
    item = (await office.get(f"{path}/teach-out"))["items"][0]
    place = f"{ITEMS}/{item['id']}"
    teacher = str(office.world.callers["teacher"].id)
    given = await office.change("coordinator", place, {"owner_id": teacher, "due_on": str(TODAY)})
    assert (given.json()["owner_id"], given.json()["concerned"]) == (teacher, item["concerned"])
    student = str(office.world.callers["student"].id)
    stranger = str(office.world.callers["teacher_2"].id)
    for nobody in (student, stranger):
        assert (await office.change("registrar", place, {"owner_id": nobody})).json()["code"] == "owner_unknown"
    early = {"done_on": str(TODAY + timedelta(days=1))}
    assert (await office.change("coordinator", place, early)).json()["code"] == "done_in_future"
    done = await office.change("coordinator", place, {"done_on": str(TODAY), "remark": "已告知"})
    assert (done.json()["done_on"], done.json()["remark"]) == (str(TODAY), "已告知")
    assert (await office.ask("coordinator", "PATCH", place, {"remark": "x"})).status_code == 428
    for who in ("sibling_coordinator", "registrar_2"):
        assert (await office.ask(who, "GET", place)).status_code == 404


async def test_another_person_decides_and_the_admission_ends_on_its_day(office: Office, session: AsyncSession) -> None:
    told = await office.post("registrar", EXITS, office.exit_wish(), status=201)
    path = f"{REVIEWS}/{told['id']}"
    assert (told["state"], told["allowed_deeds"]) == ("exit_proposed", ["assign"])
    reason = {"reason": "同意退出"}
    assert await office.code("registrar", f"{path}:exit", reason) == "exit_second_person_needed"
    assert await office.code("coordinator", EXITS, office.exit_wish()) == "review_open"
    second = await proposed(office, college=0, certificate_id=str(office.world.organisations[1].certificate_id))
    exited = await office.post("registrar", f"{second}:exit", reason)
    assert (exited["state"], exited["decision"], exited["allowed_deeds"]) == ("exited", "同意退出", [])
    admission = (
        await session.scalars(
            select(Admission).where(
                Admission.college_id == office.world.schools[0].colleges[0],
                Admission.certificate_id == office.world.organisations[1].certificate_id,
            )
        )
    ).one()
    assert (admission.status, admission.exited_on) == ("exited", TODAY + timedelta(days=30))
    wish = office.exit_wish(certificate_id=str(office.world.organisations[1].certificate_id))
    assert await office.code("coordinator", EXITS, wish) == "exit_of_nothing"


async def test_a_certificate_is_retained_with_experts_opinions_and_can_be_proposed_again(office: Office) -> None:
    path = await proposed(office)
    await office.post("registrar", f"{path}:assign", office.panel("expert"))
    opinion = await office.vote("expert", path, fit="90.00")
    assert opinion["state"] == "exit_proposed", "an opinion does not decide on an exit"
    retained = await office.post("registrar", f"{path}:retain", {"reason": "企业仍需要"})
    assert (retained["state"], retained["seats"][0]["opinion"]) == ("retained", "同意")
    assert await office.code("registrar", f"{path}:exit", {"reason": "再议"}) == "deed_not_allowed"
    assert await proposed(office) != path


async def test_no_exit_is_set_back(office: Office) -> None:
    assert await office.code("coordinator", EXITS, office.exit_wish(days=-1)) == "exit_in_past"
