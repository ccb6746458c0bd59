"""What tests of certificates do through the API beyond what every test does."""

from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from tests.exams import make
from tests.exams.desk import Desk, Json
from tests.world import Caller, signed_in
from x_pilot_api.awards.models import NumberPattern
from x_pilot_api.identity.models import Person, PlatformRole


async def colleague(desk: Desk, name: str = "org_staff_too") -> str:
    """Let the first organisation have somebody else on its staff."""
    person_id = uuid4()
    async with desk.service.database.transaction() as session:
        session.add(Person(id=person_id, username=f"{name}-{person_id}", name=name, password_hash="-"))
        await session.flush()
        session.add_all(
            [
                PlatformRole(person_id=person_id, role="org_staff", organisation_id=desk.world.organisations[0].id),
                signed_in(person_id),
            ]
        )
    desk.world.callers[name] = Caller(person_id)
    return name


async def post(desk: Desk, path: str, body: Json | None = None, *, who: str = "org_staff") -> httpx.Response:
    """Post something and give whatever is answered."""
    return await desk.client.post(path, json=body, headers=desk.sign_in(who) | {"Idempotency-Key": uuid4().hex})


async def done(desk: Desk, path: str, body: Json | None = None, *, who: str = "org_staff") -> Json:
    """Post something that is taken."""
    answer = await post(desk, path, body, who=who)
    assert answer.is_success, answer.text
    told: Json = answer.json()
    return told


async def refused(desk: Desk, path: str, body: Json | None = None, *, who: str = "org_staff") -> tuple[int, str]:
    """Post something that is refused, and tell how."""
    answer = await post(desk, path, body, who=who)
    assert not answer.is_success, answer.text
    return answer.status_code, answer.json()["code"]


async def pattern(desk: Desk, written: str, **wish: Any) -> UUID:  # noqa: ANN401
    """Let the first organisation have set a pattern."""
    pattern_id, organised = uuid4(), desk.world.organisations[0]
    values: dict[str, Any] = {
        "organisation_id": organised.id,
        "certificate_id": None,
        "version": 1,
        "basis": "编〔2026〕1号",
        "effective_from": make.EXAM_ON,
        "set_by": desk.world.callers["org_staff"].id,
    }
    async with desk.service.database.transaction() as session:
        session.add(NumberPattern(id=pattern_id, pattern=written, **values | wish))
    return pattern_id


async def issued(desk: Desk, **changes: Any) -> Json:  # noqa: ANN401
    """Issue the first student a certificate of the second level."""
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, **changes))
    (award,) = await desk.awards()
    return award


async def whole(desk: Desk, award: Json, *, who: str = "registrar") -> Json:
    """Read everything that happened to a certificate."""
    told: Json = await desk.get(f"/v1/awards/{award['id']}", who=who)
    return told


async def count(desk: Desk, statement: str, **values: Any) -> int:  # noqa: ANN401
    """Count rows at the first school."""
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        return int((await session.execute(text(statement), values)).scalar_one())


LOST = {"ground": "lost", "reason": "遗失", "evidence": "遗失声明 2026-7"}
CORRECTED = {"ground": "name_corrected", "holder_name": "学笙壹零", "reason": "姓名更正", "evidence": "公安证明 7"}


async def reissued(desk: Desk, award: Json, wish: Json = LOST) -> Json:
    """Issue a certificate anew by two persons."""
    other = await colleague(desk)
    proposed = await done(desk, f"/v1/awards/{award['id']}/reissues", wish)
    return await done(desk, f"/v1/award-reissues/{proposed['id']}:confirm", who=other)
