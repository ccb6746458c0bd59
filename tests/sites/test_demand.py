"""Seats wanted against seats there, by college, programme and province."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import Json
from tests.sites.make import Office
from x_pilot_api.identity.models import Institution
from x_pilot_api.participations.models import Participation
from x_pilot_api.sites import rules

YEAR = "2030-2031"
DEMAND = f"/v1/site-demand?academic_year={YEAR}"


async def take_part(
    session: AsyncSession, office: Office, *, school: int = 0, college: int = 0, by_programme: bool = False, quota: int
) -> None:
    """Let a college take part in the second level, for itself or for its programme."""
    there = office.world.schools[school]
    session.add(
        Participation(
            institution_id=there.id,
            academic_year=YEAR,
            certificate_level_id=UUID(office.level_id()),
            college_id=there.colleges[college],
            programme_id=there.programmes[college] if by_programme else None,
            state="approved",
            quota_asked=quota,
            quota=quota,
            taken=quota // 2,
            decision_document="教1",
            asked_by=office.world.callers["coordinator"].id,
        )
    )
    await session.flush()


def figures(row: Json) -> tuple[int, ...]:
    return row["seats_wanted"], row["registered"], row["seats_own"], row["seats_shared"], row["turns_needed"]


async def test_a_college_is_told_what_it_wants_and_what_is_there(office: Office, session: AsyncSession) -> None:
    await session.execute(delete(Participation).where(Participation.academic_year == YEAR))
    await take_part(session, office, quota=60)
    await take_part(session, office, quota=20, by_programme=True)
    await take_part(session, office, college=1, quota=50)
    (first, second) = sorted((await office.get(DEMAND))["items"], key=lambda row: -row["seats_wanted"])
    assert figures(first) == (80, 40, 0, 0, None), "where there is no seat no number of turns will do"
    assert [(it["seats_wanted"], it["registered"]) for it in first["programmes"]] == [(20, 10)]
    await office.approved(is_shared=True)
    (first, second) = sorted((await office.get(DEMAND))["items"], key=lambda row: -row["seats_wanted"])
    assert figures(first) == (80, 40, 40, 0, 2)
    assert figures(second) == (50, 25, 0, 40, 2), "another college's shared site counts"
    (own,) = (await office.get(DEMAND, who="coordinator"))["items"]
    assert own["college_id"] == str(office.world.schools[0].colleges[0])
    (page,) = [await office.get(f"{DEMAND}&page_size=1")]
    (rest,) = (await office.get(f"{DEMAND}&page_size=1&page_token={page['next_page_token']}"))["items"]
    assert {page["items"][0]["college_id"], rest["college_id"]} == {first["college_id"], second["college_id"]}


async def test_a_suspended_site_has_no_seats(office: Office, session: AsyncSession) -> None:
    await session.execute(delete(Participation).where(Participation.academic_year == YEAR))
    await take_part(session, office, quota=60)
    path = await office.approved()
    await office.post("org_staff", f"{office.at(path)}:suspend", {"reason": "检修"})
    (row,) = (await office.get(DEMAND))["items"]
    assert figures(row) == (60, 30, 0, 0, None)


async def test_an_organisation_sees_its_regions_and_no_other_organisation_s(
    office: Office, session: AsyncSession
) -> None:
    await session.execute(delete(Participation).where(Participation.academic_year == YEAR))
    await take_part(session, office, quota=30)
    await take_part(session, office, school=1, quota=40)
    await office.approved()
    regions = f"/v1/site-demand/regions?academic_year={YEAR}"
    (together,) = (await office.get(regions, who="org_staff"))["items"]
    assert (together["institutions"], together["seats_wanted"], together["seats"]) == (2, 70, 40)
    assert together["turns_needed"] == 2
    other = office.world.schools[1].id
    await session.execute(update(Institution).where(Institution.id == other).values(province="浙江"))
    found = (await office.get(regions, who="org_staff"))["items"]
    assert sorted((row["seats_wanted"], row["seats"]) for row in found) == [(30, 40), (40, 0)]
    assert (await office.get(regions, who="org_staff_2"))["items"] == []
    assert len((await office.get(DEMAND, who="org_staff"))["items"]) == 2
    assert (await office.ask("teacher", "GET", DEMAND)).status_code == 403
    assert (await office.ask("registrar", "GET", f"{DEMAND}&page_token=WyJhIl0")).status_code == 400


def test_turns_are_counted_upwards() -> None:
    assert [rules.turns_needed(*pair) for pair in ((0, 0), (1, 0), (40, 40), (41, 40))] == [0, None, 1, 2]
