"""Projects through HTTP: offered, enrolled in, held, and what comes of it."""

import pytest

from tests.training.make import Academy


async def test_a_project_from_draft_to_closed(academy: Academy) -> None:
    drafted = await academy.draft()
    assert (drafted["state"], drafted["level"], drafted["organisation_name"], drafted["allowed_deeds"]) == (
        "draft",
        "2",
        "评价组织1",
        ["change", "publish", "cancel"],
    )
    assert await academy.desk.status(f"/v1/training-projects/{drafted['id']}", who="coordinator") == 404
    assert await academy.desk.status(f"/v1/training-projects/{drafted['id']}", who="auditor") == 200
    path = f"/training-projects/{drafted['id']}"
    published = await academy.done(f"{path}:publish")
    assert published["allowed_deeds"] == ["enrol", "change_places", "cancel"]
    first, second = await academy.enrol(published, 1, 2)
    assert (await academy.project(published, who="teacher"))["allowed_deeds"] == ["enrol"]

    rows = {"rows": [{"enrolment_id": first["id"], "hours_attended": 8}]}
    assert await academy.refused(f"{path}:record-results", rows) == (409, "training_not_yet")
    academy.on("2026-06-10")
    (told,) = await academy.record(published, (first, 8, None))
    assert (told["state"], told["hours_attended"]) == ("enrolled", 8)
    early = {"rows": [{"enrolment_id": first["id"], "hours_attended": 8, "result": "passed"}]}
    assert await academy.refused(f"{path}:record-results", early) == (409, "training_not_yet")
    academy.on("2026-06-12")
    assert await academy.refused(f"{path}:close") == (409, "training_results_missing")
    await academy.record(published, (first, 20, "passed"), (second, 0, "absent"))
    assert (await academy.project(published))["allowed_deeds"] == ["close"]
    closed = await academy.done(f"{path}:close")
    assert (closed["state"], closed["concluded"], closed["allowed_deeds"]) == ("closed", 2, [])

    (completion,) = (await academy.desk.get("/v1/training-completions"))["items"]
    assert (completion["staff_number"], completion["hours"], completion["completed_on"], completion["level"]) == (
        "T1",
        20,
        "2026-06-12",
        "2",
    )


async def test_who_comes_when_it_is_full_waits_and_gets_the_first_place_that_comes_free(academy: Academy) -> None:
    project = await academy.publish(places=2)
    one, _two = await academy.enrol(project, 1, 2)
    (own,) = await academy.enrol(project, 0, who="teacher")
    (last,) = await academy.enrol(project, 3)
    assert [(it["state"], it["ahead"], it["number"]) for it in (own, last)] == [("waiting", 0, 3), ("waiting", 1, 4)]
    seen = await academy.project(project, who="teacher")
    assert (seen["own_state"], seen["left"], seen["waiting"], seen["allowed_deeds"]) == ("waiting", 0, 2, [])

    await academy.withdraw(one)
    assert await academy.line(project) == [
        ("T1", "withdrawn"),
        ("T2", "enrolled"),
        ("T0", "enrolled"),
        ("T3", "waiting"),
    ]
    assert await academy.messages("teacher") == ["training.place_freed"]
    (again,) = await academy.enrol(project, 1)
    assert (again["state"], again["number"], again["ahead"]) == ("waiting", 5, 1)
    more = await academy.done(f"/training-projects/{project['id']}:change-places", {"places": 3})
    assert (more["places"], more["taken"], more["waiting"]) == (3, 3, 1)
    few = {"places": 2}
    assert await academy.refused(f"/training-projects/{project['id']}:change-places", few) == (
        409,
        "training_places_taken",
    )


async def test_a_wait_that_is_given_up_frees_nothing(academy: Academy) -> None:
    project = await academy.publish(places=1)
    await academy.enrol(project, 1)
    waiting, *_ = await academy.enrol(project, 2, 3)
    await academy.withdraw(waiting)
    assert await academy.line(project) == [("T1", "enrolled"), ("T2", "withdrawn"), ("T3", "waiting")]
    assert (await academy.project(project))["taken"] == 1


async def test_nobody_enrols_twice_or_after_the_deadline_or_withdraws_from_what_has_begun(academy: Academy) -> None:
    project = await academy.publish()
    path = f"/training-projects/{project['id']}"
    (one,) = await academy.enrol(project, 1)
    both = {"teacher_ids": academy.teachers[1:3]}
    assert await academy.refused(f"{path}/enrolments", both) == (409, "training_already_enrolled")
    assert len(await academy.line(project)) == 1
    academy.on("2026-06-02")
    assert await academy.refused(f"{path}/enrolments", {"teacher_ids": academy.teachers[2:3]}) == (
        409,
        "training_enrolment_ended",
    )
    academy.on("2026-06-10")
    withdraw = f"/training-enrolments/{one['id']}:withdraw"
    assert await academy.refused(withdraw, {"reason": "请假"}) == (409, "training_begun")
    assert await academy.refused(f"{path}:change-places", {"places": 9}) == (409, "training_begun")


async def test_one_enrols_whom_one_sees(academy: Academy) -> None:
    project = await academy.publish(places=9)
    path = f"/training-projects/{project['id']}/enrolments"
    for who, teacher_id in (
        ("coordinator", academy.sibling),
        ("registrar", academy.foreign),
        ("teacher", academy.teachers[1]),
        ("coordinator", academy.desk.world.schools[0].colleges[0]),
    ):
        assert await academy.refused(path, {"teacher_ids": [str(teacher_id)]}, who=who) == (404, "not_found"), who
    foreign = {"teacher_ids": [academy.foreign]}
    assert await academy.refused(path, foreign, who="registrar_2") == (404, "not_found")
    assert await academy.refused(path, foreign, who="auditor") == (403, "forbidden")
    (sibling,) = await academy.done(path, {"teacher_ids": [academy.sibling]}, who="sibling_coordinator")
    assert await academy.line(project, who="coordinator") == []
    assert await academy.refused(f"/training-enrolments/{sibling['id']}:withdraw", {"reason": "x"}, who="teacher") == (
        404,
        "not_found",
    )
    twice = {"teacher_ids": [academy.sibling, academy.sibling]}
    assert await academy.refused(path, twice) == (422, "body_invalid")


async def test_a_cancelled_project_lets_everybody_go_and_tells_them(academy: Academy) -> None:
    project = await academy.publish(places=1)
    await academy.enrol(project, 0)
    await academy.enrol(project, 1)
    cancelled = await academy.done(f"/training-projects/{project['id']}:cancel", {"reason": "专家时间冲突"})
    assert (cancelled["state"], cancelled["taken"], cancelled["cancelled_because"]) == ("cancelled", 0, "专家时间冲突")
    assert await academy.line(project) == [("T0", "withdrawn"), ("T1", "withdrawn")]
    assert await academy.messages("teacher") == ["training.cancelled"]


async def test_what_has_results_is_not_cancelled_and_who_waited_is_let_go_when_it_closes(academy: Academy) -> None:
    project = await academy.publish(places=1)
    one, _ = await academy.enrol(project, 1, 2)
    academy.on("2026-06-13")
    await academy.record(project, (one, 24, "failed"))
    path = f"/training-projects/{project['id']}"
    assert await academy.refused(f"{path}:cancel", {"reason": "x"}) == (409, "training_has_results")
    await academy.done(f"{path}:close")
    assert await academy.line(project) == [("T1", "concluded"), ("T2", "withdrawn")]


async def test_a_draft_is_changed_as_it_was_read_and_a_published_one_is_not(academy: Academy) -> None:
    drafted = await academy.draft()
    path, headers = f"/v1/training-projects/{drafted['id']}", academy.desk.sign_in("registrar")
    tag = (await academy.desk.client.get(path, headers=headers)).headers["ETag"]

    async def put(tag: str | None, **changes: object) -> tuple[int, str]:
        named = {} if tag is None else {"If-Match": tag}
        answer = await academy.desk.client.put(path, json=academy.wish(**changes), headers=headers | named)
        return answer.status_code, answer.json().get("code", answer.json().get("title"))

    assert await put(None) == (428, "if_match_missing")
    assert await put(tag, title="新名称") == (200, "新名称")
    assert await put(tag) == (412, "if_match_failed")
    tag = (await academy.desk.client.get(path, headers=headers)).headers["ETag"]
    other = academy.level(organisation=1)
    assert await put(tag, certificate_level_id=other) == (409, "training_organisation_unfit")
    await academy.done(f"/training-projects/{drafted['id']}:publish")
    tag = (await academy.desk.client.get(path, headers=headers)).headers["ETag"]
    assert await put(tag) == (409, "deed_not_allowed")


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": 0},
        {"places": 0},
        {"places": "3"},
        {"enrols_until": "2026-06-11"},
        {"ends_on": "2026-06-01"},
        {"mode": "by post"},
        {"is_x_module": None},
        {"scheme": " "},
        {"surprise": 1},
    ],
)
async def test_a_project_that_cannot_be_is_told_which_field(academy: Academy, changes: dict[str, object]) -> None:
    answer = await academy.send("/training-projects", academy.wish(**changes))
    assert (answer.status_code, answer.json()["code"]) == (422, "body_invalid")
    assert answer.json()["errors"]


async def test_results_are_taken_whole_or_not_at_all(academy: Academy) -> None:
    project = await academy.publish()
    one, two = await academy.enrol(project, 1, 2)
    other = await academy.publish(title="另一项目")
    (elsewhere,) = await academy.enrol(other, 1)
    academy.on("2026-06-20")
    path = f"/training-projects/{project['id']}:record-results"

    def rows(*given: tuple[str, int, str | None]) -> dict[str, object]:
        return {"rows": [{"enrolment_id": it, "hours_attended": hours, "result": said} for it, hours, said in given]}

    good = (one["id"], 24, "passed")
    assert await academy.refused(path, rows(good, (elsewhere["id"], 24, "passed"))) == (404, "not_found")
    assert await academy.refused(path, rows(good, (two["id"], 25, "passed"))) == (409, "training_hours_exceeded")
    assert await academy.refused(path, rows(good, (two["id"], 0, "passed"))) == (422, "body_invalid")
    assert await academy.refused(path, rows(good, (two["id"], 3, "absent"))) == (422, "body_invalid")
    assert (await academy.desk.get("/v1/training-completions"))["items"] == []
    await academy.record(project, (one, 24, "passed"))
    assert await academy.refused(path, rows(good)) == (409, "deed_not_allowed")


async def test_participants_say_how_it_was_once_and_nobody_is_named(academy: Academy) -> None:
    project = await academy.publish(places=3)
    own, other, away = await academy.enrol(project, 0, 1, 2)
    empty = await academy.desk.get(f"/v1/training-projects/{project['id']}/survey")
    assert (empty["participants"], empty["response_percent"], empty["ratings"][0]["mean"]) == (0, None, None)
    answer = {"content": 5, "teaching": 4, "organisation": 3, "usefulness": 5, "comment": "案例贴近岗位"}
    said = f"/training-enrolments/{own['id']}:answer-survey"
    assert await academy.refused(said, answer, who="teacher") == (409, "deed_not_allowed")
    academy.on("2026-06-20")
    await academy.record(project, (own, 24, "passed"), (other, 20, "failed"), (away, 0, "absent"))
    seen = (await academy.desk.get("/v1/training-enrolments", who="teacher"))["items"]
    assert [it["allowed_deeds"] for it in seen] == [["answer_survey"]]
    assert await academy.refused(said, answer | {"content": 6}, who="teacher") == (422, "body_invalid")
    told = await academy.done(said, answer, who="teacher")
    assert told["allowed_deeds"] == []
    assert await academy.refused(said, answer, who="teacher") == (409, "training_survey_answered")
    assert await academy.refused(said, answer, who="registrar") == (403, "forbidden")
    summary = await academy.desk.get(f"/v1/training-projects/{project['id']}/survey")
    assert (summary["participants"], summary["answers"], summary["response_percent"]) == (2, 1, "50.00")
    assert [(it["question"], it["sum"], it["answers"], it["mean"]) for it in summary["ratings"]] == [
        ("content", 5, 1, "5.00"),
        ("teaching", 4, 1, "4.00"),
        ("organisation", 3, 1, "3.00"),
        ("usefulness", 5, 1, "5.00"),
    ]
    assert summary["comments"] == ["案例贴近岗位"]
    assert "教师0" not in str(summary)


async def test_who_was_absent_says_nothing(academy: Academy) -> None:
    project = await academy.publish()
    (own,) = await academy.enrol(project, 0)
    academy.on("2026-06-20")
    await academy.record(project, (own, 0, "absent"))
    answer = {"content": 5, "teaching": 4, "organisation": 3, "usefulness": 5}
    assert await academy.refused(f"/training-enrolments/{own['id']}:answer-survey", answer, who="teacher") == (
        403,
        "training_survey_not_yours",
    )
