"""The posts of colleges through HTTP: proposed, appointed, handed over, ended, and where they are empty."""

from sqlalchemy import update

from tests.posts.make import DOCUMENT, Secretariat
from x_pilot_api.registry.models import Programme, Teacher


async def test_a_post_from_the_proposal_to_the_handover(secretariat: Secretariat) -> None:
    proposed = await secretariat.done("/college-posts", secretariat.post(), who="coordinator")
    assert (proposed["state"], proposed["holder_name"], proposed["college_name"], proposed["allowed_deeds"]) == (
        "proposed",
        "教师00",
        "二级学院0",
        [],
    )
    appointed = await secretariat.done(f"/college-posts/{proposed['id']}:appoint", {"document": DOCUMENT})
    assert (appointed["state"], appointed["document"], appointed["allowed_deeds"]) == (
        "appointed",
        DOCUMENT,
        ["hand_over", "end"],
    )
    body = {
        "holder": secretariat.teacher(1),
        "held_from": "2026-10-08",
        "document": "苏财院教〔2026〕25号",
        "note": "台账、印章、账号均已移交",
    }
    following = await secretariat.done(f"/college-posts/{proposed['id']}:hand-over", body)
    assert (following["holder_name"], following["succeeds_id"], following["held_from"], following["handover_note"]) == (
        "教师01",
        proposed["id"],
        "2026-10-08",
        "台账、印章、账号均已移交",
    )
    terms = (await secretariat.desk.get("/v1/college-posts", who="teacher", college_id=secretariat.college()))["items"]
    assert [(it["holder_name"], it["held_from"], it["held_to"], it["end_document"]) for it in terms] == [
        ("教师00", "2026-09-01", "2026-10-07", "苏财院教〔2026〕25号"),
        ("教师01", "2026-10-08", None, None),
    ]
    on = (await secretariat.desk.get("/v1/college-posts", on="2026-10-07", kind="person_in_charge"))["items"]
    assert [it["holder_name"] for it in on] == ["教师00"]
    again = f"/college-posts/{proposed['id']}:hand-over"
    assert await secretariat.code(again, body) == (409, "person_in_charge_there")
    assert await secretariat.code(again, body | {"held_from": "2026-10-20"}) == (409, "post_day_unfit")


async def test_a_college_has_one_person_in_charge_on_any_day(secretariat: Secretariat) -> None:
    first = await secretariat.appointed(held_to="2027-08-31")
    second = await secretariat.done("/college-posts", secretariat.post(holder=secretariat.teacher(1)))
    answer = await secretariat.send(f"/college-posts/{second['id']}:appoint", {"document": DOCUMENT})
    assert (answer.status_code, answer.json()["code"]) == (409, "person_in_charge_there")
    assert first["id"] in answer.json()["detail"]
    last_day = await secretariat.done(
        "/college-posts", secretariat.post(holder=secretariat.teacher(1), held_from="2027-08-31")
    )
    assert await secretariat.code(f"/college-posts/{last_day['id']}:appoint", {"document": DOCUMENT}) == (
        409,
        "person_in_charge_there",
    )
    await secretariat.appointed(holder=secretariat.teacher(1), held_from="2027-09-01")
    await secretariat.appointed(who="registrar", college_id=secretariat.college(1))
    for number in (0, 1):
        await secretariat.appointed(kind="dedicated_staff", holder=secretariat.teacher(number))
    again = await secretariat.done("/college-posts", secretariat.post(kind="dedicated_staff"))
    assert await secretariat.code(f"/college-posts/{again['id']}:appoint", {"document": DOCUMENT}) == (
        409,
        "post_held_already",
    )


async def test_gaps_are_shown_as_of_any_day_and_ahead(secretariat: Secretariat) -> None:
    await secretariat.appointed(held_to="2026-10-05")
    await secretariat.appointed(kind="dedicated_staff", held_from="2026-10-01")
    await secretariat.appointed(kind="liaison", held_from="2026-01-01")
    proposed = secretariat.post(kind="person_in_charge", holder=secretariat.teacher(2), held_from="2026-10-06")
    await secretariat.done("/college-posts", proposed)

    async def read(**query: str) -> dict[str, tuple[bool, str | None]]:
        told = await secretariat.desk.get("/v1/post-coverage", college_id=secretariat.college(), **query)
        (college,) = told["colleges"]
        return {post["kind"]: (post["is_filled"], post["gap_from"]) for post in college["posts"]}

    assert await read() == {
        "person_in_charge": (True, "2026-10-06"),
        "dedicated_staff": (False, "2026-09-10"),
        "liaison": (True, None),
    }
    assert (await read(within_days="25"))["person_in_charge"] == (True, None)
    assert (await read(on="2026-10-06"))["person_in_charge"] == (False, "2026-10-06")
    whole = await secretariat.desk.get("/v1/post-coverage")
    assert (whole["on"], whole["until"], whole["unfilled"], whole["opening"]) == ("2026-09-10", "2026-10-10", 4, 1)
    async with secretariat.desk.service.database.transaction() as session:
        second = Programme.college_id == secretariat.desk.world.schools[0].colleges[1]
        await session.execute(update(Programme).where(second).values(is_pilot=False, is_showcase=False))
    whole = await secretariat.desk.get("/v1/post-coverage")
    assert ([it["is_pilot"] for it in whole["colleges"]], whole["unfilled"]) == ([True, False], 1)


async def test_the_last_day_lies_within_the_term(secretariat: Secretariat) -> None:
    post = await secretariat.appointed(held_to="2026-12-31")
    for wrong in ("2026-08-31", "2027-01-01"):
        body = {"held_to": wrong, "document": DOCUMENT}
        assert await secretariat.code(f"/college-posts/{post['id']}:end", body) == (409, "post_day_unfit")
    ended = await secretariat.done(
        f"/college-posts/{post['id']}:end", {"held_to": "2026-09-09", "document": "苏财院教〔2026〕30号"}
    )
    assert (ended["held_to"], ended["end_document"], ended["allowed_deeds"]) == (
        "2026-09-09",
        "苏财院教〔2026〕30号",
        [],
    )


async def test_proposals_are_seen_by_the_office_and_the_college_alone(secretariat: Secretariat) -> None:
    proposed = await secretariat.done("/college-posts", secretariat.post(), who="coordinator")
    for who, count in (("coordinator", 1), ("auditor", 1), ("sibling_coordinator", 0), ("teacher", 0), ("expert", 0)):
        assert len((await secretariat.desk.get("/v1/college-posts", who=who))["items"]) == count, who
    assert await secretariat.desk.get("/v1/college-posts", who="registrar_2") == {"items": [], "next_page_token": None}
    deed = f"/college-posts/{proposed['id']}:decline"
    assert await secretariat.code(deed, {"reason": "另议"}, who="registrar_2") == (404, "not_found")
    assert await secretariat.code(deed, {"reason": "另议"}, who="coordinator") == (403, "forbidden")
    declined = await secretariat.done(deed, {"reason": "另议"})
    assert (declined["state"], declined["decline_reason"], declined["allowed_deeds"]) == ("declined", "另议", [])
    assert await secretariat.code(deed, {"reason": "另议"}) == (409, "deed_not_allowed")


async def test_who_is_not_there_holds_nothing(secretariat: Secretariat) -> None:
    async with secretariat.desk.service.database.transaction() as session:
        gone = Teacher.id == secretariat.hired[0, 0][3]
        await session.execute(update(Teacher).where(gone).values(is_active=False))
    coordinator = str(secretariat.desk.world.callers["coordinator"].id)
    outside = str(secretariat.desk.world.callers["registrar_2"].id)
    for holder in (
        secretariat.teacher(3),
        secretariat.teacher(0, college=1),
        secretariat.teacher(0, school=1),
        {"person_id": coordinator},
    ):
        body = secretariat.post(holder=holder)
        assert await secretariat.code("/college-posts", body, who="coordinator") == (409, "holder_not_fit")
    body = secretariat.post(holder={"person_id": outside})
    assert await secretariat.code("/college-posts", body) == (409, "holder_not_fit")
    elsewhere = secretariat.post(college_id=secretariat.college(1), holder=secretariat.teacher(college=1))
    assert await secretariat.code("/college-posts", elsewhere, who="coordinator") == (404, "not_found")
    for wrong in ({}, secretariat.teacher(0) | {"person_id": coordinator}):
        assert (await secretariat.send("/college-posts", secretariat.post(holder=wrong))).status_code == 422
    backwards = secretariat.post(held_from="2026-09-02", held_to="2026-09-01")
    assert (await secretariat.send("/college-posts", backwards)).status_code == 422


async def test_a_person_who_is_a_teacher_holds_a_post_as_the_teacher(secretariat: Secretariat) -> None:
    person_id = secretariat.desk.world.callers["teacher"].id
    async with secretariat.desk.service.database.transaction() as session:
        theirs = Teacher.id == secretariat.hired[0, 0][2]
        await session.execute(update(Teacher).where(theirs).values(person_id=person_id))
    post = await secretariat.done("/college-posts", secretariat.post(holder={"person_id": str(person_id)}))
    assert (post["teacher_id"], post["person_id"], post["staff_number"]) == (
        str(secretariat.hired[0, 0][2]),
        None,
        "P0002",
    )
    other = {"person_id": str(secretariat.desk.world.callers["coordinator"].id)}
    post = await secretariat.done("/college-posts", secretariat.post(kind="liaison", holder=other))
    assert (post["teacher_id"], post["holder_name"], post["staff_number"]) == (None, "coordinator", None)
