"""Sessions on the pilot through HTTP: planned, held, cancelled, who took part, and what share they reached."""

from typing import Any

import httpx

from tests.exams.desk import Json
from tests.posts.make import Secretariat

PATH = "/pilot-sessions"


def wish(secretariat: Secretariat, **changes: Any) -> Json:  # noqa: ANN401
    return {
        "college_id": secretariat.college(),
        "subject": "1+X证书制度试点政策解读",
        "held_on": "2026-10-10",
        "mode": "offline",
        "place": "报告厅",
        "audience": "both",
        "speaker": "王老师",
        "hours": 2,
        "materials": [{"title": "通知", "url": "https://example.edu.cn/1x.pdf"}],
    } | changes


async def planned(secretariat: Secretariat, **changes: Any) -> Json:  # noqa: ANN401
    return await secretariat.done(PATH, wish(secretariat, **changes), who="coordinator")


async def recorded(secretariat: Secretariat, session: Json, **who: object) -> Json:
    return await secretariat.done(f"{PATH}/{session['id']}/participants:record", dict(who), who="coordinator")


async def figures(secretariat: Secretariat, *, who: str = "registrar", **query: str) -> list[Json]:
    told: list[Json] = await secretariat.desk.get("/v1/pilot-session-figures", who=who, **query)
    return told


async def change(secretariat: Secretariat, session: Json, tag: str, **changes: Any) -> httpx.Response:  # noqa: ANN401
    body = wish(secretariat, **changes)
    del body["college_id"]
    headers = secretariat.desk.sign_in("coordinator") | {"If-Match": tag}
    return await secretariat.desk.client.put(f"/v1{PATH}/{session['id']}", json=body, headers=headers)


async def test_a_session_from_the_plan_to_the_figures(secretariat: Secretariat) -> None:
    session = await planned(secretariat)
    assert (session["state"], session["college_name"], session["allowed_deeds"]) == (
        "planned",
        "二级学院0",
        ["change", "hold", "cancel", "record"],
    )
    there = secretariat.desk.world.schools[0]
    a_class = {"programme_id": str(there.programmes[0]), "entry_year": 2024, "class_name": "会计2401"}
    some = [str(each) for each in there.students[:3]]
    first = await recorded(secretariat, session, student_ids=some, teacher_ids=[str(secretariat.hired[0, 0][0])])
    assert first == {"added": 4, "already": 0, "students": 3, "teachers": 1}
    whole = await recorded(secretariat, session, classes=[a_class], all_teachers=True)
    assert whole == {"added": 10, "already": 4, "students": 10, "teachers": 4}
    assert (await figures(secretariat))[0]["students_reached"] == 0
    held = await secretariat.done(f"{PATH}/{session['id']}:hold", {}, who="coordinator")
    assert (held["state"], held["students"], held["allowed_deeds"]) == ("held", 10, ["record"])
    mine, other = await figures(secretariat)
    assert (mine["sessions"], mine["hours"], mine["attendances"], mine["students_percent"]) == (1, 2, 14, "100.00")
    assert (mine["teachers_reached"], mine["teachers"], mine["teachers_percent"]) == (4, 4, "100.00")
    assert (other["students"], other["students_percent"], other["teachers_percent"]) == (0, None, "0.00")
    assert (await figures(secretariat, academic_year="2025-2026"))[0]["sessions"] == 0
    assert [it["college_name"] for it in await figures(secretariat, who="coordinator")] == ["二级学院0"]


async def test_participants_are_listed_and_taken_out(secretariat: Secretariat) -> None:
    session = await planned(secretariat)
    await recorded(secretariat, session, programme_ids=[str(secretariat.desk.world.schools[0].programmes[0])])
    page = await secretariat.desk.get(f"/v1{PATH}/{session['id']}/participants", who="coordinator", page_size=4)
    assert (len(page["items"]), page["items"][0]["unit"]) == (4, "会计2401")
    assert page["items"][0]["number"].startswith("2024")
    body = {"participant_ids": [it["id"] for it in page["items"]]}
    left = await secretariat.done(f"{PATH}/{session['id']}/participants:remove", body, who="coordinator")
    assert left["students"] == 6
    again = await secretariat.done(f"{PATH}/{session['id']}/participants:remove", body, who="coordinator")
    assert again["students"] == 6


async def test_a_session_is_for_its_audience_and_names_nobody_unknown(secretariat: Secretariat) -> None:
    session = await planned(secretariat, audience="teachers")
    path = f"{PATH}/{session['id']}/participants:record"
    student = str(secretariat.desk.world.schools[0].students[0])
    for body in (
        {"student_ids": [student]},
        {"teacher_ids": ["0197a1c2-0000-7000-8000-000000000099"]},
        {"teacher_ids": [str(secretariat.hired[0, 1][0])]},
        {"student_ids": [str(secretariat.desk.world.schools[1].students[0])]},
    ):
        assert await secretariat.code(path, body, who="coordinator") == (409, "pilot_participants_unfit")
    assert (await secretariat.send(path, {}, who="coordinator")).status_code == 422
    assert (await recorded(secretariat, session, all_teachers=True))["teachers"] == 4
    tag = (
        await secretariat.desk.client.get(f"/v1{PATH}/{session['id']}", headers=secretariat.desk.sign_in("coordinator"))
    ).headers["ETag"]
    turned = await change(secretariat, session, tag, audience="students")
    assert (turned.status_code, turned.json()["code"]) == (409, "pilot_participants_unfit")
    assert (await change(secretariat, session, tag, audience="both", held_on="2026-11-01")).status_code == 200
    stale = await change(secretariat, session, tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "if_match_failed")


async def test_what_is_to_come_was_not_held_and_what_is_cancelled_has_nobody(secretariat: Secretariat) -> None:
    session = await planned(secretariat, held_on="2026-10-11")
    assert await secretariat.code(f"{PATH}/{session['id']}:hold", {}, who="coordinator") == (409, "pilot_session_ahead")
    body = {"reason": "与考试冲突"}
    cancelled = await secretariat.done(f"{PATH}/{session['id']}:cancel", body, who="coordinator")
    assert (cancelled["state"], cancelled["cancel_reason"], cancelled["allowed_deeds"]) == (
        "cancelled",
        "与考试冲突",
        [],
    )
    path = f"{PATH}/{session['id']}/participants:record"
    assert await secretariat.code(path, {"all_teachers": True}, who="coordinator") == (409, "pilot_session_cancelled")
    assert await secretariat.code(f"{PATH}/{session['id']}:hold", {}, who="coordinator") == (409, "deed_not_allowed")
    assert (await figures(secretariat))[0]["sessions"] == 0


async def test_a_coordinator_works_for_their_own_college_alone(secretariat: Secretariat) -> None:
    elsewhere = wish(secretariat, college_id=secretariat.college(1))
    assert await secretariat.code(PATH, elsewhere, who="coordinator") == (404, "not_found")
    session = await secretariat.done(PATH, elsewhere)
    assert await secretariat.desk.status(f"/v1{PATH}/{session['id']}", who="coordinator") == 404
    assert await secretariat.desk.status(f"/v1{PATH}/{session['id']}", who="auditor") == 200
    assert await secretariat.desk.status(f"/v1{PATH}/{session['id']}", who="teacher") == 403
    assert await secretariat.code(f"{PATH}/{session['id']}:cancel", {"reason": "无"}, who="registrar_2") == (
        404,
        "not_found",
    )
    assert (await secretariat.desk.get(f"/v1{PATH}", who="coordinator"))["items"] == []
    for wrong in ({"mode": "offline", "place": None}, {"hours": 0}, {"materials": [{"title": "a", "url": "ftp://x"}]}):
        assert (await secretariat.send(PATH, wish(secretariat, **wrong))).status_code == 422
