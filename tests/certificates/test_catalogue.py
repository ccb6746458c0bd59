"""The operator's deeds on the catalogue and on organisations."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import TODAY, Json, Office
from x_pilot_api.core.audit import PlatformAuditEvent
from x_pilot_api.exams.models import ExamPlanLevel

ORGANISATIONS = "/v1/organisations"
CODE = "91350100M000100Y43"


def scheme(**wish: Any) -> Json:  # noqa: ANN401
    component = {"code": "theory", "name": "理论", "weight_percent": 100, "full_mark": "100.00", "pass_mark": None}
    terms = {
        "effective_from": "2026-09-01",
        "combination": "weighted_sum",
        "exam_form": "paper",
        "pass_mark": "80.00",
        "components": [component],
    }
    return terms | wish


async def deeds(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(PlatformAuditEvent.deed).order_by(PlatformAuditEvent.id)))


async def test_an_organisation_is_entered_changed_and_taken_out_on_record(
    office: Office, session: AsyncSession
) -> None:
    made = await office.post("operator", ORGANISATIONS, {"name": "新组织", "credit_code": CODE}, status=201)
    path = f"{ORGANISATIONS}/{made['id']}"
    changed = await office.change("operator", path, {"name": "更名组织"})
    assert (changed.status_code, changed.json()) == (200, made | {"name": "更名组织"})
    tag = (await office.ask("operator", "GET", path)).headers["etag"]
    assert (await office.ask("operator", "DELETE", path, If_Match=tag)).status_code == 204
    assert (await office.ask("operator", "GET", path)).status_code == 404
    assert (await deeds(session))[-3:] == ["enter_organisation", "change_organisation", "delete_organisation"]
    (event,) = await session.scalars(select(PlatformAuditEvent).where(PlatformAuditEvent.deed == "change_organisation"))
    assert (event.before, event.after) == ({"name": "新组织"}, {"name": "更名组织"})


@pytest.mark.parametrize(
    "code", ["91350100M000100Y44", "9135 0100M000100Y43", "91350100m000100y43", "1" * 17, "O" * 18]
)
async def test_a_credit_code_that_does_not_check_is_refused(office: Office, code: str) -> None:
    answer = await office.ask("operator", "POST", ORGANISATIONS, {"name": "新组织", "credit_code": code})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/credit_code")


async def test_a_name_or_code_is_there_once(office: Office) -> None:
    await office.post("operator", ORGANISATIONS, {"name": "新组织", "credit_code": CODE}, status=201)
    for wish in ({"name": "新组织"}, {"name": "另一组织", "credit_code": CODE}):
        assert await office.code("operator", ORGANISATIONS, wish) == "organisation_known"
    known = f"{ORGANISATIONS}/{office.world.organisations[0].id}"
    answer = await office.change("operator", known, {"credit_code": CODE})
    assert (answer.status_code, answer.json()["code"]) == (409, "organisation_known")


async def test_what_is_used_is_not_deleted_and_says_by_what(office: Office) -> None:
    organised = office.world.organisations[0]
    for path, code, used_by in (
        (f"{ORGANISATIONS}/{organised.id}", "organisation_in_use", "certificates"),
        (f"/v1/certificates/{organised.certificate_id}", "certificate_in_use", "assessment_schemes"),
    ):
        answer = await office.ask("operator", "DELETE", path, If_Match="*")
        assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert answer.json()["figures"] == {"used_by": used_by}
        assert (await office.ask("operator", "GET", path)).status_code == 200
    level = f"/v1/certificates/{organised.certificate_id}/levels/{organised.levels['1']}"
    assert (await office.ask("operator", "DELETE", level, If_Match="*")).json()["code"] == "certificate_in_use"


async def test_a_change_needs_the_copy_it_is_made_to(office: Office) -> None:
    path = f"/v1/certificates/{office.world.organisations[0].certificate_id}"
    tag = (await office.ask("operator", "GET", path)).headers["etag"]
    missing = await office.ask("operator", "PATCH", path, {"batch": "3"})
    assert (missing.status_code, missing.json()["code"]) == (428, "if_match_missing")
    assert (await office.change("operator", path, {"batch": "3"}, of=tag)).json()["batch"] == "3"
    stale = await office.change("operator", path, {"batch": "4"}, of=tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "if_match_failed")
    assert (await office.get(path))["batch"] == "3"


async def test_a_certificate_is_entered_with_levels_that_come_and_go_while_unused(office: Office) -> None:
    made = await office.certificate(levels=("2",))
    path = f"/v1/certificates/{made['id']}"
    assert [level["level"] for level in made["levels"]] == ["2"]
    more = await office.ask("operator", "POST", f"{path}/levels", {"level": "3"}, If_Match="*")
    assert [level["level"] for level in more.json()["levels"]] == ["2", "3"]
    again = await office.ask("operator", "POST", f"{path}/levels", {"level": "3"}, If_Match="*")
    assert again.json()["code"] == "certificate_known"
    gone = await office.ask("operator", "DELETE", f"{path}/levels/{more.json()['levels'][1]['id']}", If_Match="*")
    assert [level["level"] for level in gone.json()["levels"]] == ["2"]
    foreign = f"{path}/levels/{office.world.organisations[0].levels['1']}"
    assert (await office.ask("operator", "DELETE", foreign, If_Match="*")).status_code == 404
    assert await office.code("operator", "/v1/certificates", _same(office)) == "certificate_known"
    assert (await office.ask("operator", "DELETE", path, If_Match="*")).status_code == 204


def _same(office: Office) -> Json:
    organised = office.world.organisations[0]
    return {"organisation_id": str(organised.id), "name": "智能财税1", "basis": "a test"}


async def test_a_later_scheme_counts_from_its_day_and_an_announced_plan_keeps_its_version(
    office: Office, session: AsyncSession
) -> None:
    organised, school = office.world.organisations[0], office.world.schools[0]
    path = f"/v1/certificate-levels/{organised.levels['2']}/schemes"
    later = str(TODAY.replace(year=TODAY.year + 1, month=6, day=1))
    told = await office.post("operator", path, scheme(effective_from=later), status=201)
    assert [(it["version"], it["effective_from"]) for it in told["schemes"]] == [(2, later), (1, None)]

    async def announced(code: str, exam_on: str) -> str:
        wish = {
            "institution_id": str(school.id),
            "code": code,
            "name": "考核",
            "certificate_level_ids": [str(organised.levels["2"])],
            "registration_opens_on": str(TODAY),
            "registration_closes_on": str(TODAY),
            "exam_on": exam_on,
        }
        plan = await office.post("org_staff", "/v1/exam-plans", wish, status=201)
        return str(
            await session.scalar(select(ExamPlanLevel.scheme_id).where(ExamPlanLevel.exam_plan_id == plan["id"]))
        )

    before = await announced("A", str(TODAY))
    assert before == str(organised.schemes["2"])
    assert await announced("B", later) == told["schemes"][0]["id"]
    newer = await office.post("operator", path, scheme(effective_from=later, exam_form="computer"), status=201)
    assert await announced("C", later) == newer["schemes"][0]["id"], "of two from one day the higher version counts"
    kept = await session.scalars(select(ExamPlanLevel.scheme_id).order_by(ExamPlanLevel.exam_plan_id))
    assert str(kept.first()) == before
    assert await office.code("operator", path, scheme()) == "scheme_before_its_predecessor"


@pytest.mark.parametrize(
    "wrong",
    [
        {"pass_mark": None},
        {"combination": "every_component"},
        {"combination": "every_component", "pass_mark": None},
        {"components": []},
        {"components": [{"code": "a", "name": "甲", "weight_percent": 90, "full_mark": "100.00"}]},
        {"components": [{"code": "a", "name": "甲", "weight_percent": 50, "full_mark": "100.00"}] * 2},
        {"components": [{"code": "a", "name": "甲", "weight_percent": 100, "full_mark": "0.00"}]},
        {"components": [{"code": "a", "name": "甲", "weight_percent": 100, "full_mark": "9.00", "pass_mark": "9.01"}]},
    ],
)
async def test_a_scheme_that_cannot_be_computed_is_refused(office: Office, wrong: Json) -> None:
    path = f"/v1/certificate-levels/{office.world.organisations[0].levels['1']}/schemes"
    assert await office.code("operator", path, scheme(**wrong)) == "body_invalid"
