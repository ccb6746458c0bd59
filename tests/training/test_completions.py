"""What counts: trainings elsewhere confirmed by a second person, reversals with a reason, certificates held."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.training.make import Academy
from x_pilot_api.training import queries


async def test_a_training_elsewhere_counts_once_a_second_person_has_confirmed_it(academy: Academy) -> None:
    recorded = await academy.outside(1)
    assert (recorded["state"], recorded["allowed_deeds"]) == ("recorded", [])
    path = f"/outside-trainings/{recorded['id']}"
    assert await academy.refused(f"{path}:confirm", {}, who="coordinator") == (403, "forbidden")
    (seen,) = (await academy.desk.get("/v1/outside-trainings", state="recorded"))["items"]
    assert seen["allowed_deeds"] == ["confirm", "refuse"]
    confirmed = await academy.done(f"{path}:confirm", {})
    assert (confirmed["state"], confirmed["allowed_deeds"]) == ("confirmed", [])
    assert await academy.refused(f"{path}:confirm", {}) == (409, "deed_not_allowed")
    assert await academy.refused("/outside-trainings", academy.elsewhere(1)) == (409, "outside_training_exists")
    (completion,) = (await academy.desk.get("/v1/training-completions", teacher_id=academy.teachers[1]))["items"]
    assert (completion["hours"], completion["outside_training_id"]) == (40, recorded["id"])


async def test_nobody_confirms_what_they_recorded_or_did(academy: Academy) -> None:
    recorded = await academy.outside(1, who="registrar")
    assert await academy.refused(f"/outside-trainings/{recorded['id']}:confirm", {}) == (403, "outside_training_own")
    await academy.link(2, "registrar")
    own = await academy.outside(2)
    assert own["allowed_deeds"] == []
    assert await academy.refused(f"/outside-trainings/{own['id']}:confirm", {}) == (403, "outside_training_own")


async def test_what_was_refused_can_be_recorded_anew(academy: Academy) -> None:
    recorded = await academy.outside(1)
    assert await academy.refused(f"/outside-trainings/{recorded['id']}:refuse", {}) == (422, "body_invalid")
    refused = await academy.done(f"/outside-trainings/{recorded['id']}:refuse", {"remark": "缺证明原件"})
    assert (refused["state"], refused["remark"]) == ("refused", "缺证明原件")
    assert (await academy.outside(1))["id"] != recorded["id"]


async def test_one_records_for_teachers_one_sees_what_is_over(academy: Academy) -> None:
    wish = academy.elsewhere(1, teacher_id=academy.sibling)
    assert await academy.refused("/outside-trainings", wish, who="coordinator") == (404, "not_found")
    foreign = academy.elsewhere(1, teacher_id=academy.foreign)
    assert await academy.refused("/outside-trainings", foreign) == (404, "not_found")
    future = academy.elsewhere(1, completed_on="2026-05-11")
    assert await academy.refused("/outside-trainings", future) == (409, "training_in_future")
    assert await academy.refused("/outside-trainings", academy.elsewhere(0), who="teacher") == (403, "forbidden")


async def test_a_reversal_stands_beside_what_it_reverses(academy: Academy) -> None:
    await academy.require(total_hours=24)
    await academy.open()
    project = await academy.publish()
    (one,) = await academy.enrol(project, 1)
    academy.on("2026-06-20")
    await academy.record(project, (one, 24, "passed"))
    await academy.done(f"/training-projects/{project['id']}:close")
    assert (await academy.cycle(1))["standing"] == "met"
    (completion,) = (await academy.desk.get("/v1/training-completions"))["items"]
    path = f"/training-completions/{completion['id']}:reverse"
    assert await academy.refused(path, {"reason": "代签到"}, who="coordinator") == (403, "forbidden")
    taken_back = await academy.done(path, {"reason": "代签到"})
    assert (taken_back["reversed_because"], taken_back["hours"], taken_back["allowed_deeds"]) == ("代签到", 24, [])
    assert await academy.refused(path, {"reason": "再来"}) == (409, "deed_not_allowed")
    it = await academy.cycle(1)
    assert (it["done_hours"], it["held_hours"], (await academy.project(project))["state"]) == (0, 24, "published")

    await academy.record(project, (one, 16, "failed"))
    await academy.done(f"/training-enrolments/{one['id']}:reopen", {"reason": "补考通过"})
    await academy.record(project, (one, 24, "passed"))
    rows = (await academy.desk.get("/v1/training-completions"))["items"]
    assert [(row["reversed_because"], row["hours"]) for row in rows] == [("代签到", 24), (None, 24)]
    assert (await academy.cycle(1))["done_hours"] == 24


async def test_a_training_elsewhere_is_reversed_and_recorded_anew(academy: Academy) -> None:
    recorded = await academy.outside(1)
    await academy.done(f"/outside-trainings/{recorded['id']}:confirm", {})
    (completion,) = (await academy.desk.get("/v1/training-completions"))["items"]
    await academy.done(f"/training-completions/{completion['id']}:reverse", {"reason": "学时写错"})
    (old,) = (await academy.desk.get("/v1/outside-trainings"))["items"]
    assert old["state"] == "reversed"
    anew = await academy.outside(1, hours=32)
    await academy.done(f"/outside-trainings/{anew['id']}:confirm", {})
    async with academy.desk.service.database.transaction() as session:
        found = await queries.completions_of(
            session,
            institution_id=academy.desk.world.schools[0].id,
            teacher_ids=[UUID(academy.teachers[1])],
            certificate_level_id=academy.desk.world.organisations[0].levels["2"],
        )
    assert [it.hours for it in found] == [32]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE training_completions SET hours = 1",
        "DELETE FROM training_completions",
        "UPDATE training_reversals SET reason = 'x'",
        "UPDATE training_requirements SET total_hours = 1",
        "DELETE FROM training_cycles",
        "UPDATE training_survey_answers SET content = 5",
    ],
)
async def test_evidence_is_not_the_service_s_to_change(academy: Academy, statement: str) -> None:
    async with academy.desk.service.database.transaction() as session:
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_a_teacher_s_own_certificates(academy: Academy) -> None:
    wish = {
        "teacher_id": academy.teachers[0],
        "certificate_level_id": academy.level(),
        "name": "智能财税职业技能等级证书",
        "issuer": "评价组织1",
        "certificate_number": "X-0008",
        "issued_on": "2021-05-10",
        "expires_on": "2026-05-09",
    }
    held = await academy.done("/teacher-certificates", wish, who="coordinator")
    assert (held["level"], held["has_expired"], held["allowed_deeds"]) == ("2", True, ["remove"])
    assert await academy.refused("/teacher-certificates", wish) == (409, "teacher_certificate_exists")
    elsewhere = wish | {"teacher_id": academy.sibling}
    assert await academy.refused("/teacher-certificates", elsewhere, who="coordinator") == (404, "not_found")
    assert await academy.refused("/teacher-certificates", wish | {"expires_on": "2021-05-10"}) == (422, "body_invalid")
    (own,) = (await academy.desk.get("/v1/teacher-certificates", who="teacher"))["items"]
    assert (own["id"], own["allowed_deeds"]) == (held["id"], [])

    async def remove(who: str) -> int:
        path = f"/v1/teacher-certificates/{held['id']}"
        return (await academy.desk.client.delete(path, headers=academy.desk.sign_in(who))).status_code

    assert [await remove(who) for who in ("teacher", "sibling_coordinator", "coordinator", "coordinator")] == [
        403,
        404,
        204,
        404,
    ]
