"""Suspending, standing again, and the states a certificate cannot go to from where it is."""

from typing import Any

from tests.awards import office
from tests.exams import make
from tests.exams.desk import Desk
from x_pilot_api.awards import queries

REASON = {"reason": "考场录像复核中"}


async def test_a_suspended_certificate_says_so_until_it_stands_again(desk: Desk) -> None:
    award = await office.issued(desk)
    path = f"/v1/awards/{award['id']}"
    suspended = await office.done(desk, f"{path}:suspend", REASON)
    assert (suspended["state"], suspended["allowed_deeds"]) == ("suspended", ["reinstate", "revoke"])
    assert (await desk.verify(award["verification_code"]))["state"] == "suspended"
    assert await office.refused(desk, f"{path}:suspend", REASON) == (409, "deed_not_allowed")
    assert await office.refused(desk, f"{path}/reissues", office.LOST) == (409, "deed_not_allowed")
    assert (await office.done(desk, f"{path}:reinstate", {"reason": "复核无误"}))["state"] == "valid"
    assert (await desk.verify(award["verification_code"]))["state"] == "valid"
    assert await office.refused(desk, f"{path}:reinstate", REASON) == (409, "deed_not_allowed")
    changes = (await office.whole(desk, award))["changes"]
    assert [(change["state"], change["reason"]) for change in changes] == [
        ("suspended", "考场录像复核中"),
        ("valid", "复核无误"),
    ]


async def test_only_the_organisations_staff_suspend(desk: Desk) -> None:
    award = await office.issued(desk)
    path = f"/v1/awards/{award['id']}:suspend"
    for who, answer in (("registrar", 403), ("student", 403), ("operator", 403), ("org_staff_2", 404)):
        assert (await office.refused(desk, path, REASON, who=who))[0] == answer, who
    assert (await desk.awards())[0]["state"] == "valid"


async def test_a_suspended_certificate_is_revoked_by_a_correction_and_never_stands_again(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    await office.done(desk, f"/v1/awards/{award['id']}:suspend", REASON)
    await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    assert (await desk.awards())[0]["state"] == "revoked"
    refused = await office.refused(desk, f"/v1/awards/{award['id']}:reinstate", REASON)
    assert refused == (409, "deed_not_allowed")


async def test_a_state_papers_or_copies_that_were_changed_in_place_disagree_with_their_rows(desk: Desk) -> None:
    award = await office.issued(desk)
    school = desk.world.schools[0].id
    for change in ("state = 'suspended'", "print_state = 'printed'", "copies = 1"):
        async with desk.service.database.transaction(institution_id=school) as session:
            assert list(await queries.list_standing_wrong(session, school)) == []
        before = change.partition(" = ")[0]
        moved = f"WITH moved AS (UPDATE awards SET {change} RETURNING 1) SELECT count(*) FROM moved"
        assert await office.count(desk, moved) == 1
        async with desk.service.database.transaction(institution_id=school) as session:
            assert [str(found) for found in await queries.list_standing_wrong(session, school)] == [award["id"]]
        back = {"state": "'valid'", "print_state": "'to_print'", "copies": "0"}[before]
        await office.count(desk, f"WITH moved AS (UPDATE awards SET {before} = {back} RETURNING 1) SELECT 1 FROM moved")


async def test_a_better_result_becomes_the_linked_one_and_the_first_date_stays(desk: Desk) -> None:
    award = await office.issued(desk)
    again = await desk.plan(exam_on=make.EXAM_ON.replace(month=7))
    better: dict[str, Any] = {"components": make.scores("95", "95"), "total": "95"}
    await desk.push(again, desk.row(again, org_result_id="R-again", **better))
    (kept,) = await desk.awards()
    assert (kept["id"], kept["issued_on"]) == (award["id"], make.EXAM_ON.isoformat())
    results = await desk.get(f"/v1/awards/{award['id']}/results")
    assert [(found["total"], found["is_best"]) for found in results] == [("95.00", True), ("80.00", False)]
    assert await desk.get(f"/v1/awards/{award['id']}/results", who="org_staff") == results
    await desk.push(again, desk.row(again, org_result_id="R-again", revision=2, grading="voided"))
    (left,) = await desk.get(f"/v1/awards/{award['id']}/results", who="student")
    assert (left["total"], left["is_best"]) == ("80.00", True)
