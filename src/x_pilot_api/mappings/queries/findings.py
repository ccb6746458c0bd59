"""What is missing of showcase programmes: each college names at least one, and it has a rule in force."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.identity.models import Role
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.mappings.schemas import FindingCode, FindingOut
from x_pilot_api.registry.models import College, Programme

_READERS = frozenset({Role.REGISTRAR, Role.AUDITOR})
"""Who sees the findings of the whole institution; a coordinator sees those of their colleges."""

_SAYINGS = {
    FindingCode.COLLEGE_WITHOUT_SHOWCASE: Both(
        "二级学院“{college}”没有典型专业，至少应有一个。", "The college {college} names no showcase programme."
    ),
    FindingCode.SHOWCASE_WITHOUT_RULE: Both(
        "典型专业“{programme}”（{college}）目前没有生效的转换规则。",
        "The showcase programme {programme} ({college}) has no rule in force.",
    ),
}


async def list_findings(session: AsyncSession, actor: Actor, *, today: date) -> Sequence[FindingOut]:
    """List the colleges without a showcase programme, and the showcase programmes without a rule in force."""
    colleges = select(College).where(College.institution_id == actor.institution_id)
    if not actor.roles & _READERS:
        colleges = colleges.where(College.id.in_(actor.college_ids))
    own = colleges.subquery()
    showcases = and_(
        Programme.institution_id == own.c.institution_id, Programme.college_id == own.c.id, Programme.is_showcase
    )
    bare = select(own.c.id, own.c.name).where(~exists().where(showcases)).order_by(own.c.code)
    found = [
        _told(FindingCode.COLLEGE_WITHOUT_SHOWCASE, row.id, row.name) for row in (await session.execute(bare)).all()
    ]
    in_force = exists().where(
        Mapping.institution_id == Programme.institution_id,
        Mapping.programme_id == Programme.id,
        Mapping.state.in_(rules.IN_FORCE),
        Mapping.effective_from <= today,
        or_(Mapping.effective_to.is_(None), Mapping.effective_to > today),
    )
    idle = (
        select(own.c.id, own.c.name, Programme.id.label("programme_id"), Programme.name.label("programme_name"))
        .join(Programme, showcases)
        .where(~in_force)
        .order_by(own.c.code, Programme.code)
    )
    found += [
        _told(FindingCode.SHOWCASE_WITHOUT_RULE, row.id, row.name, row.programme_id, row.programme_name)
        for row in (await session.execute(idle)).all()
    ]
    return found


def _told(
    code: FindingCode, college_id: UUID, college: str, programme_id: UUID | None = None, programme: str | None = None
) -> FindingOut:
    said = _SAYINGS[code].said_in(languages.spoken()).format(college=college, programme=programme)
    return FindingOut(code=code, college_id=college_id, programme_id=programme_id, saying=said)
