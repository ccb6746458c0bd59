"""Sites: offered by a college, decided by the organisation per level, and nobody else's business."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import TODAY
from tests.sites.make import LAST, SITES, Office
from x_pilot_api.outbox.models import OutboxEvent


async def test_an_application_goes_its_way_and_the_organisation_hears_of_each_step(
    office: Office, session: AsyncSession
) -> None:
    path = await office.offer()
    told = await office.get(path)
    assert (told["state"], told["seats"], told["levels"][0]["is_valid"]) == ("applied", 40, False)
    at = office.at(path)
    await office.post("org_staff", f"{at}:refuse", {"reason": "监控不足"})
    anew = {"capacity": 30, "valid_from": str(TODAY), "valid_to": str(LAST)}
    await office.post("coordinator", f"{at}:apply-again", anew)
    approved = await office.post("org_staff", f"{at}:approve", {"capacity": 25})
    (level,) = approved["levels"]
    assert (level["state"], level["capacity"], level["is_valid"]) == ("approved", 25, True)
    assert level["allowed_deeds"] == ["prolong", "suspend"]
    await office.post("org_staff", f"{at}:suspend", {"reason": "设备检修"})
    assert await office.code("org_staff", f"{at}:suspend", {"reason": "再次"}) == "deed_not_allowed"
    await office.post("org_staff", f"{at}:resume", {"reason": "已修复"})
    later = LAST + timedelta(days=365)
    prolonged = await office.post("org_staff", f"{at}:prolong", {"valid_to": str(later)})
    assert prolonged["levels"][0]["valid_to"] == str(later)
    withdrawn = await office.post("coordinator", f"{at}:withdraw", {"reason": "楼宇改建"})
    assert (withdrawn["state"], withdrawn["levels"][0]["reason"]) == ("withdrawn", "楼宇改建")
    events = await session.scalars(
        select(OutboxEvent).where(OutboxEvent.kind == "site_level.changed").order_by(OutboxEvent.id)
    )
    assert [(event.data["deed"], event.by_organisation) for event in events] == [
        ("apply", False),
        ("refuse", True),
        ("apply_again", False),
        ("approve", True),
        ("suspend", True),
        ("resume", True),
        ("prolong", True),
        ("withdraw", False),
    ]


async def test_each_level_is_decided_by_itself(office: Office) -> None:
    path = await office.offer(levels=[office.application("1"), office.application("2")])
    told = await office.post("org_staff", f"{office.at(path, '1')}:approve", {})
    assert [level["state"] for level in told["levels"]] == ["approved", "applied"]
    assert told["state"] == "approved"
    assert [site["id"] for site in (await office.get(f"{SITES}?state=applied"))["items"]] == [told["id"]]
    only = f"{SITES}?state=applied&certificate_level_id={office.level_id('1')}"
    assert (await office.get(only))["items"] == []


async def test_a_capacity_needs_its_seats_and_rooms_keep_them(office: Office) -> None:
    too_many = office.site(levels=[office.application(capacity=41)])
    assert await office.code("coordinator", SITES, too_many) == "site_too_small"
    path = await office.approved()
    room = (await office.get(path))["rooms"][0]
    tag = (await office.ask("coordinator", "GET", path)).headers["etag"]
    smaller = office.room(seats=39)
    answer = await office.ask("coordinator", "PUT", f"{path}/rooms/{room['id']}", smaller, If_Match=tag)
    assert (answer.status_code, answer.json()["code"]) == (409, "site_too_small")
    await office.post("coordinator", f"{path}/rooms", office.room("A102", kind="ordinary", computers=0), status=201)
    assert await office.code("coordinator", f"{path}/rooms", office.room("A102")) == "room_code_taken"
    stale = await office.ask("coordinator", "PUT", f"{path}/rooms/{room['id']}", smaller, If_Match=tag)
    assert stale.status_code == 412
    tag = (await office.ask("coordinator", "GET", path)).headers["etag"]
    closed = office.room(is_open=False)
    answer = await office.ask("coordinator", "PUT", f"{path}/rooms/{room['id']}", closed, If_Match=tag)
    assert (answer.status_code, answer.json()["seats"]) == (200, 40)
    short = office.room("A103", computers=39)
    assert (await office.ask("coordinator", "POST", f"{path}/rooms", short)).status_code == 422


async def test_what_is_approved_keeps_its_name_and_address(office: Office) -> None:
    path = await office.approved()
    answer = await office.change("coordinator", path, {"address": "别处"})
    assert (answer.status_code, answer.json()["code"]) == (409, "site_locked")
    assert (await office.change("coordinator", path, {"is_shared": True})).json()["is_shared"] is True
    assert (await office.ask("coordinator", "PATCH", path, {"is_shared": True})).status_code == 428
    await office.post("coordinator", f"{office.at(path)}:withdraw", {"reason": "改建"})
    assert (await office.change("coordinator", path, {"address": "别处"})).json()["address"] == "别处"


async def test_refusals_that_name_what_is_wrong(office: Office) -> None:
    path = await office.offer(code="KX-01")
    assert await office.code("coordinator", SITES, office.site(code="KX-01")) == "site_code_taken"
    assert await office.code("coordinator", f"{path}/levels", office.application()) == "site_level_known"
    foreign = office.application() | {"certificate_level_id": office.level_id(organisation=1)}
    assert await office.code("coordinator", f"{path}/levels", foreign) == "site_level_foreign"
    over = {"valid_from": "2020-01-01", "valid_to": "2020-12-31"}
    assert await office.code("org_staff", f"{office.at(path)}:approve", over) == "site_period_over"
    await office.post("coordinator", f"{path}/levels", office.application("1"), status=201)


async def test_only_its_college_and_the_office_offer_and_only_its_organisation_decides(office: Office) -> None:
    path = await office.offer()
    for who in ("sibling_coordinator", "registrar_2", "org_staff_2"):
        assert (await office.ask(who, "GET", path)).status_code == 404, who
    assert await office.code("org_staff_2", f"{office.at(path)}:approve", {}) == "not_found"
    for who in ("coordinator", "registrar"):
        assert (await office.ask(who, "POST", f"{office.at(path)}:approve", {})).status_code == 403, who
    assert await office.code("coordinator", SITES, office.site(college=1)) == "not_found"
    await office.post("registrar", SITES, office.site(college=1), status=201)
    await office.change("coordinator", path, {"is_shared": True})
    shared = await office.get(path, who="sibling_coordinator")
    assert (shared["allowed_deeds"], shared["levels"][0]["allowed_deeds"]) == ([], [])
    assert await office.code("sibling_coordinator", f"{office.at(path)}:withdraw", {"reason": "无权"}) == "not_found"
