"""Certificates with a wish for another paper, a link that shows them, and a case about them, as the ground needs it."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.conftest import make_token
from tests.world import World
from x_pilot_api.app import create_app
from x_pilot_api.awards import queries as awards
from x_pilot_api.awards.models import (
    Award,
    AwardNumber,
    AwardReissue,
    AwardShare,
    AwardShareView,
    NumberClash,
    NumberPattern,
)
from x_pilot_api.core import clock
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.service import Service
from x_pilot_api.exams.models import CorrectionCase

Place = tuple[int, int, int]
OF_A_STUDENT = (
    "award_id",
    "spare_award_id",
    "suspended_award_id",
    "reissue_id",
    "share_id",
    "share_token",
    "case_id",
    "case_digest",
)
SOMEBODY_ELSE = UUID(int=7)
"""Who proposed what is to be confirmed: nobody who asks."""


def _holder(made: Made, world: World, place: Place) -> tuple[UUID, str]:
    school, college, organisation = place
    who = organisation if college == 0 else 0
    students = world.schools[school].students if college == 0 else made.siblings[school]
    return students[who], f"s{school + 1}p{college}n{who}"


async def patterns(session: AsyncSession, world: World, made: Made) -> None:
    """Let each organisation have set a pattern for later, and one number clash."""
    for serial, organised in enumerate(world.organisations, start=1):
        owner, pattern_id, clash_id = f"o{serial}", uuid4(), uuid4()
        session.add(
            NumberPattern(
                id=pattern_id,
                organisation_id=organised.id,
                version=1,
                pattern=f"J{mark(owner)}{{serial:6}}",
                basis=f"编{mark(owner)}",
                effective_from=date(2099, 1, 1),
                set_by=SOMEBODY_ELSE,
            )
        )
        session.add(
            NumberClash(
                id=clash_id,
                organisation_id=organised.id,
                number=f"N{mark(owner)}",
                institution_ids=[str(school.id) for school in world.schools],
                found_at=clock.now(),
                seen_at=clock.now(),
            )
        )
        made.owners |= {pattern_id: owner, clash_id: owner}
    await session.flush()


async def lay(session: AsyncSession, world: World, made: Made, *, place: Place) -> None:
    """Give a student a second certificate, a wish for another paper of the first, and a link to it."""
    school, _, organisation = place
    there, organised = world.schools[school], world.organisations[organisation]
    student_id, owner = _holder(made, world, place)
    await act_within(session, institution_id=there.id)
    mine = (Award.student_id == student_id, Award.certificate_level_id == organised.levels["2"])
    award = (await session.scalars(select(Award).where(*mine))).one()
    ids = {name: uuid4() for name in ("spare_award_id", "suspended_award_id", "reissue_id", "share_id")}
    number = f"M{mark(f'{owner}c')}"
    # Of levels that nothing else on the ground asks for.
    level_ids = [made.certificates[organisation, name][1] for name in ("draft", "submitted")]
    for name, level_id, state in (
        ("spare_award_id", level_ids[0], "valid"),
        ("suspended_award_id", level_ids[1], "suspended"),
    ):
        session.add(
            Award(
                institution_id=there.id,
                id=ids[name],
                identity_document_id=award.identity_document_id,
                student_id=student_id,
                holder_name=award.holder_name,
                certificate_level_id=level_id,
                number=number if state == "valid" else f"S{number}",
                verification_code=f"{there.code}-{uuid4().hex.upper()}",
                issued_on=award.issued_on,
                state=state,
            )
        )
    await session.flush()
    session.add(
        AwardNumber(
            institution_id=there.id, organisation_id=organised.id, number=number, award_id=ids["spare_award_id"]
        )
    )
    token = await _papers(session, award, ids, owner, code=there.code)
    made.certificates_of[place] = {"award_id": award.id, "share_token": token, **ids}
    made.owners |= dict.fromkeys((award.id, *ids.values()), owner)


async def _papers(session: AsyncSession, award: Award, ids: Mapping[str, UUID], owner: str, *, code: str) -> str:
    """Wish for another paper of a certificate, share it, and let somebody look; tell the link's token."""
    token, now = f"{code}-{uuid4().hex}", clock.now()
    session.add_all(
        [
            AwardReissue(
                institution_id=award.institution_id,
                id=ids["reissue_id"],
                award_id=award.id,
                ground="lost",
                reason="遗失",
                evidence=f"声明{mark(owner)}",
                state="proposed",
                proposed_by=SOMEBODY_ELSE,
            ),
            AwardShare(
                institution_id=award.institution_id,
                id=ids["share_id"],
                award_id=award.id,
                student_id=award.student_id,
                token_hash=awards.digest_of(token),
                fields=["level", "number"],
                created_at=now,
                expires_at=now + timedelta(days=365),
            ),
        ]
    )
    await session.flush()
    session.add(AwardShareView(institution_id=award.institution_id, share_id=ids["share_id"], client_kind="phone"))
    await session.flush()
    return token


async def propose(service: Service, world: World, made: Made) -> None:
    """Propose through the door to revoke each first certificate, as if somebody else had."""
    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        for place, things in made.certificates_of.items():
            caller = world.callers["org_staff" if place[2] == 0 else "org_staff_2"]
            _, owner = _holder(made, world, place)
            wish = {"award_id": str(things["award_id"]), "reason": "复核", "evidence": f"查{mark(owner)}"}
            answer = await client.post(
                "/v1/corrections", json=wish, headers={"Authorization": f"Bearer {make_token(service, caller.id)}"}
            )
            assert answer.status_code == 201, answer.text
            case = answer.json()["correction"]
            things |= {"case_id": UUID(case["id"]), "case_digest": case["digest"]}
            made.owners[things["case_id"]] = owner
    for school in world.schools:
        async with service.database.transaction(institution_id=school.id) as session:
            await session.execute(
                update(CorrectionCase)
                .where(CorrectionCase.institution_id == school.id)
                .values(proposed_by=SOMEBODY_ELSE)
            )
