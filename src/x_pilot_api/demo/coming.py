"""What lets the demonstration's pilot go on today: places for this academic year, and a site that is approved."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.demo.catalogue import MAIN_PLAN
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Role
from x_pilot_api.participations import commands as participations
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import ApprovalIn, ParticipationIn
from x_pilot_api.sites import commands as sites
from x_pilot_api.sites.models import RoomKind
from x_pilot_api.sites.schemas import RoomIn, SiteApprovalIn, SiteIn, SiteLevelIn

_QUOTA = 200
_DOCUMENT = "演示教〔{year}〕2号"
_VALID = timedelta(days=730)
_ROOMS = (("301", "301机房", 40), ("302", "302机房", 40), ("405", "405机房", 24))


async def load_coming(session: AsyncSession, facts: Dataset, keys: Keys, *, today: date) -> None:
    """Grant this year's places for the main plan's level to the colleges of its pilot, and approve the first's site."""
    plan = next(it for it in facts.plans if it.code == MAIN_PLAN)
    level = (plan.certificate_name, plan.levels[0])
    pilot = next(it for it in facts.pilot_certificates if (it.certificate_name, it.level) == level)
    year = academic_year_on(today)
    if year != academic_year_on(plan.exam_on):
        for college_code in pilot.college_codes:
            college_id = keys.colleges[college_code]
            asked = await participations.ask_participation(
                session,
                keys.actor(Role.COORDINATOR, college_id=college_id),
                wish=ParticipationIn(
                    academic_year=year,
                    certificate_level_id=keys.levels[level],
                    college_id=college_id,
                    quota_asked=_QUOTA,
                ),
            )
            await participations.approve_participation(
                session,
                keys.actor(Role.REGISTRAR),
                participation_id=asked.id,
                wish=ApprovalIn(quota=_QUOTA, decision_document=_DOCUMENT.format(year=year[:4])),
                today=today,
            )
    await _site(session, keys, pilot.college_codes[0], plan.organisation, level, today=today)


async def _site(
    session: AsyncSession, keys: Keys, college_code: str, organisation: str, level: tuple[str, str], *, today: date
) -> None:
    college_id = keys.colleges[college_code]
    rooms = [
        RoomIn(code=code, name=name, kind=RoomKind.COMPUTER, seats=seats, computers=seats)
        for code, name, seats in _ROOMS
    ]
    applied = SiteLevelIn(
        certificate_level_id=keys.levels[level],
        capacity=sum(room.seats for room in rooms),
        valid_from=today,
        valid_to=today + _VALID,
    )
    site = await sites.offer_site(
        session,
        keys.actor(Role.COORDINATOR, college_id=college_id),
        wish=SiteIn(
            organisation_id=keys.organisations[organisation],
            college_id=college_id,
            code="DEMO-S1",
            name="实训中心考核站点（演示）",
            address="实训楼三、四层（演示）",
            is_shared=True,
            rooms=rooms,
            levels=[applied],
        ),
    )
    await sites.approve_level(
        session,
        keys.actor(Role.ORG_STAFF, organisation_id=keys.organisations[organisation]),
        site_id=site.id,
        level_id=keys.levels[level],
        wish=SiteApprovalIn(),
        today=today,
    )
