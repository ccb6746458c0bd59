"""A college sets up its year, over HTTP alone: programme, courses, plan, teachers, students, grades, corrections."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.exams.desk import Json, SignIn
from tests.world import World, identity_number


@dataclass
class Counter:
    """One who asks over HTTP, as this or that person."""

    client: httpx.AsyncClient
    sign_in: SignIn

    async def post(self, who: str, path: str, body: Json, *, status: int = 201) -> Json:
        headers = self.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        answer = await self.client.post(f"/v1{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        if status == 201 and ":" not in path:
            assert answer.headers["location"] == f"/v1{path}/{answer.json()['id']}"
        answered: Json = answer.json()
        return answered

    async def get(self, who: str, path: str, *, status: int = 200) -> Json:
        answer = await self.client.get(f"/v1{path}", headers=self.sign_in(who))
        assert answer.status_code == status, answer.text
        answered: Json = answer.json()
        return answered

    async def change(self, who: str, path: str, body: Json | None, *, status: int = 200, method: str = "PATCH") -> Json:
        """Read a thing, and change it on the strength of that copy."""
        read = await self.client.get(f"/v1{path}", headers=self.sign_in(who))
        assert read.status_code == 200, read.text
        headers = self.sign_in(who) | {"If-Match": read.headers["etag"]}
        answer = await self.client.request(method, f"/v1{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        answered: Json = answer.json() if answer.content else {}
        return answered


@pytest.fixture
def counter(client: httpx.AsyncClient, sign_in: SignIn) -> Counter:
    return Counter(client, sign_in)


def course(programme_id: str, code: str, **values: Any) -> Json:  # noqa: ANN401
    known = {
        "programme_id": programme_id,
        "code": code,
        "name": f"课程{code}",
        "credits": "4.00",
        "hours": 64,
        "category": "core",
        "is_compulsory": True,
    }
    return known | values


async def test_a_college_sets_up_its_year(counter: Counter, world: World) -> None:
    school = world.schools[0]
    created = await counter.post("registrar", "/colleges", {"code": "03", "name": "数字商务学院"})
    wish = {"college_id": created["id"], "code": "530701", "name": "电子商务", "is_pilot": True}
    programme = await counter.post("registrar", "/programmes", wish)
    assert (programme["college"], programme["is_showcase"], programme["courses"]) == (created, False, [])
    moved = {"college_id": str(school.colleges[0]), "is_showcase": True}
    programme = await counter.change("registrar", f"/programmes/{programme['id']}", moved)
    await counter.change("registrar", f"/colleges/{created['id']}", None, method="DELETE", status=204)

    made = [await counter.post("coordinator", "/courses", course(programme["id"], f"E{number}")) for number in range(3)]
    plan = await _plan_in_force(counter, programme["id"], made)
    await _teacher_signs_in(counter, world)
    student = await _student_lives(counter, programme["id"], world)
    await _grades_are_corrected(counter, student["id"], made[0]["id"])

    # The course changes for those to come; the plan in force keeps the figures it was enacted with.
    await counter.change("coordinator", f"/courses/{made[0]['id']}", {"credits": "5.00"})
    assert (await counter.get("teacher", f"/training-plans/{plan['id']}"))["courses"] == plan["courses"]
    refused = await counter.change("registrar", f"/programmes/{programme['id']}", None, method="DELETE", status=409)
    assert refused["errors"][0]["code"] == "register_still_used"


async def _plan_in_force(counter: Counter, programme_id: str, courses: list[Json]) -> Json:
    wish: Json = {
        "programme_id": programme_id,
        "entry_year": 2026,
        "graduation_credits": "12.00",
        "document_number": "教务〔2026〕8号",
        "categories": [{"category": "core", "credits": "14.00"}],
        "courses": [{"course_id": one["id"], "term": 1} for one in courses],
    }
    draft = await counter.post("coordinator", "/training-plans", wish)
    assert (draft["state"], draft["version"], draft["allowed_deeds"]) == ("draft", 1, ["change", "remove"])
    twice = await counter.post("coordinator", "/training-plans", wish, status=409)
    assert (twice["code"], twice["figures"]["plan_id"]) == ("training_plan_draft_exists", draft["id"])
    path = f"/training-plans/{draft['id']}"
    early = await counter.post("registrar", f"{path}:enact", {}, status=409)
    assert early["figures"] == {"category": "core", "required": "14.00", "offered": "12.00"}
    content = {name: wish[name] for name in ("graduation_credits", "document_number", "courses")}
    content["categories"] = [{"category": "core", "credits": "12.00"}]
    await counter.change("coordinator", path, content, method="PUT")
    plan = await counter.post("registrar", f"{path}:enact", {}, status=200)
    assert (plan["state"], plan["allowed_deeds"]) == ("in_force", [])
    assert plan["categories"] == [{"category": "core", "credits": "12.00", "offered_credits": "12.00"}]
    late = await counter.change("coordinator", path, content, method="PUT", status=409)
    assert late["code"] == "deed_not_allowed"
    second = await counter.post("coordinator", "/training-plans", wish | {"categories": []})
    await counter.post("registrar", f"/training-plans/{second['id']}:enact", {}, status=200)
    first = await counter.get("coordinator", path)
    assert (second["version"], first["state"]) == (2, "superseded")
    return first


async def _teacher_signs_in(counter: Counter, world: World) -> None:
    college_id, person_id = str(world.schools[0].colleges[0]), str(world.callers["teacher"].id)
    await counter.get("teacher", "/me/teacher", status=404)
    wish = {"college_id": college_id, "staff_number": "T001", "name": "王老师"}
    teacher = await counter.post("coordinator", "/teachers", wish)
    other = await counter.post("coordinator", "/teachers", wish | {"staff_number": "T002"})
    await counter.get("sibling_coordinator", f"/teachers/{teacher['id']}", status=404)
    link = {"person_id": person_id}
    await counter.post("coordinator", f"/teachers/{teacher['id']}:link", link, status=403)
    linked = await counter.post("registrar", f"/teachers/{teacher['id']}:link", link, status=200)
    assert await counter.get("teacher", "/me/teacher") == linked
    taken = await counter.post("registrar", f"/teachers/{other['id']}:link", link, status=409)
    assert taken["figures"] == {"teacher_id": teacher["id"]}
    stranger = {"person_id": str(world.callers["expert"].id)}
    await counter.post("registrar", f"/teachers/{other['id']}:link", stranger, status=404)
    await counter.change("coordinator", f"/teachers/{other['id']}", None, method="DELETE", status=204)


async def _student_lives(counter: Counter, programme_id: str, world: World) -> Json:
    number = identity_number(888)
    wish = {
        "programme_id": programme_id,
        "student_number": "2026070001",
        "name": "新同学",
        "document_number": number,
        "class_name": "电商2601",
        "entry_year": 2026,
    }
    elsewhere = wish | {"programme_id": str(world.schools[0].programmes[1])}
    await counter.post("coordinator", "/students", elsewhere, status=404)
    wrong = await counter.post("coordinator", "/students", wish | {"document_number": number[:-1] + "0"}, status=409)
    assert (wrong["code"], wrong["errors"][0]["code"]) == ("register_row_refused", "identity_number_check")
    assert number[:-1] not in str(wrong)
    student = await counter.post("coordinator", "/students", wish)
    assert student["masked_document_number"] == f"{number[:6]}********{number[-4:]}"
    assert student["allowed_deeds"] == ["suspend", "graduate", "leave"]
    path = f"/students/{student['id']}"
    again = await counter.post("coordinator", "/students", wish, status=409)
    assert again["errors"] == [
        {
            "pointer": "/student_number",
            "code": "register_key_taken",
            "detail": f"该编号已被 {student['id']} 使用。",
            "blocking": True,
        }
    ]
    move = {"deed": "suspend", "reason": "参军", "effective_on": "2026-10-01"}
    await counter.post("sibling_coordinator", f"{path}:move", move, status=404)
    suspended = await counter.post("coordinator", f"{path}:move", move, status=200)
    assert (suspended["status"], suspended["allowed_deeds"]) == ("suspended", ["resume", "leave"])
    await counter.post("coordinator", f"{path}:move", move, status=409)
    await counter.post("coordinator", f"{path}:move", move | {"deed": "resume", "reason": "退伍复学"}, status=200)
    silent = await counter.change("registrar", path, {"programme_id": str(world.schools[0].programmes[1])}, status=409)
    assert silent["errors"][0]["code"] == "student_reason_missing"
    await counter.change("coordinator", path, {"class_name": "电商2602"})
    standings = await counter.get("coordinator", f"{path}/standings")
    assert [(row["status"], row["class_name"], row["reason"]) for row in standings["items"]] == [
        ("enrolled", "电商2601", None),
        ("suspended", "电商2601", "参军"),
        ("enrolled", "电商2601", "退伍复学"),
        ("enrolled", "电商2602", None),
    ]
    found = await counter.get("coordinator", "/students?text=2026070&class_name=电商2602&status=enrolled")
    assert [row["id"] for row in found["items"]] == [student["id"]]
    assert (await counter.get("sibling_coordinator", "/students?text=2026070"))["items"] == []
    return student


async def _grades_are_corrected(counter: Counter, student_id: str, course_id: str) -> None:
    wish = {"student_id": student_id, "course_id": course_id, "term": "2026-2027-01", "score": "58.00", "passed": False}
    grade = await counter.post("coordinator", "/course-grades", wish)
    await counter.post("coordinator", "/course-grades", wish, status=409)
    await counter.post("coordinator", "/course-grades", wish | {"attempt": 2, "score": "71.50", "passed": True})
    correction = {"score": "68.00", "passed": True, "reason": "核分更正"}
    path = f"/course-grades/{grade['id']}:correct"
    await counter.post("sibling_coordinator", path, correction, status=404)
    corrected = await counter.post("coordinator", path, correction)
    assert (corrected["revision"], corrected["score"]) == (2, "68.00")
    late = await counter.post("coordinator", path, correction, status=409)
    assert (late["code"], late["figures"]) == ("course_grade_corrected_since", {"latest_id": corrected["id"]})
    read = await counter.get("registrar", f"/course-grades/{grade['id']}")
    assert [(row["revision"], row["score"]) for row in read["revisions"]] == [(1, "58.00"), (2, "68.00")]
    listed = await counter.get("coordinator", f"/course-grades?student_id={student_id}")
    assert {(row["attempt"], row["revision"], row["score"]) for row in listed["items"]} == {
        (1, 2, "68.00"),
        (2, 1, "71.50"),
    }


async def test_a_student_reads_themself_and_their_own_grades(counter: Counter, world: World) -> None:
    school = world.schools[0]
    own, other = school.students[:2]
    me = await counter.get("student", "/me/student")
    assert (me["id"], me["allowed_deeds"]) == (str(own), [])
    await counter.get("registrar", "/me/student", status=403)
    for student_id in (own, other):
        grade = {"student_id": str(student_id), "course_id": str(school.courses[0][0]), "term": "2025-2026-01"}
        await counter.post("coordinator", "/course-grades", grade | {"grade_word": "优秀", "passed": True})
    seen = await counter.get("student", "/course-grades")
    assert [row["student_id"] for row in seen["items"]] == [str(own)]
    await counter.get("student", "/students", status=403)


async def test_a_change_names_the_copy_that_was_read(counter: Counter, world: World, sign_in: SignIn) -> None:
    path, headers = f"/v1/colleges/{world.schools[0].colleges[0]}", sign_in("registrar")
    unnamed = await counter.client.patch(path, json={"name": "甲"}, headers=headers)
    assert (unnamed.status_code, unnamed.json()["code"]) == (428, "if_match_missing")
    tag = (await counter.client.get(path, headers=headers)).headers["etag"]
    kept = await counter.client.get(path, headers=headers | {"If-None-Match": tag})
    assert kept.status_code == 304
    changed = await counter.client.patch(path, json={"name": "甲"}, headers=headers | {"If-Match": tag})
    assert (changed.status_code, changed.json()["name"]) == (200, "甲")
    stale = await counter.client.patch(path, json={"name": "乙"}, headers=headers | {"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "if_match_failed")
    assert stale.json()["figures"] == {"etag": changed.headers["etag"]}
    again = await counter.client.patch(
        path, json={"name": "乙"}, headers=headers | {"If-Match": changed.headers["etag"]}
    )
    assert again.status_code == 200


async def test_the_credits_a_rule_rests_on_stay(counter: Counter, world: World) -> None:
    school = world.schools[0]
    course_id = str(school.courses[0][0])
    wish = {
        "programme_id": str(school.programmes[0]),
        "certificate_level_id": str(world.organisations[0].levels["2"]),
        "direction": "certificate_to_course",
        "entry_year_from": 2024,
        "entry_year_to": 2024,
        "courses": [{"course_id": course_id, "credit": "4.00", "grade": "良好"}],
    }
    rule = await counter.post("coordinator", "/mappings", wish)
    refused = await counter.change("coordinator", f"/courses/{course_id}", {"credits": "3.00"}, status=409)
    assert refused["errors"][0]["code"] == "course_credit_held"
    assert refused["figures"]["by"] == "mapping"
    assert (await counter.change("coordinator", f"/courses/{course_id}", {"name": "更名"}))["name"] == "更名"
    await counter.post("registrar", f"/mappings/{rule['id']}:withdraw", {"reason": "重新测算"}, status=200)
    assert (await counter.change("coordinator", f"/courses/{course_id}", {"credits": "3.00"}))["credits"] == "3.00"
