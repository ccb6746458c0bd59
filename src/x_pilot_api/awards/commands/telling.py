"""Telling holders that their certificate does not stand for now, stands again, or has another paper."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

_EXAMPLE = {"certificate": "智能财税", "level": "2"}

AWARD_SUSPENDED = MessageKind(
    "award.suspended",
    Both("证书被暂停", "A certificate was suspended"),
    Both("您的一份证书已被暂停", "A certificate of yours was suspended"),
    Both(
        "{certificate}（{level} 级）证书已被暂停，在作出决定前核验时显示为暂停；已入账的学分不变。",
        "{certificate}, level {level}, is suspended until it is decided on; your credits stay as they are.",
    ),
    _EXAMPLE,
)
AWARD_REINSTATED = MessageKind(
    "award.reinstated",
    Both("证书恢复有效", "A certificate stands again"),
    Both("您的一份证书已恢复有效", "A certificate of yours stands again"),
    Both(
        "{certificate}（{level} 级）证书已恢复有效。",
        "{certificate}, level {level}, is valid again.",
    ),
    _EXAMPLE,
)
AWARD_REISSUED = MessageKind(
    "award.reissued",
    Both("证书补发或换发", "A certificate was issued anew"),
    Both("您的一份证书已重新颁发", "A certificate of yours was issued anew"),
    Both(
        "{certificate}（{level} 级）证书已重新颁发，编号和验证码已更新，首次颁发日期不变。",
        "{certificate}, level {level}, has another paper with a new number and code; its first date stays.",
    ),
    _EXAMPLE,
)
messages.know(AWARD_SUSPENDED, AWARD_REINSTATED, AWARD_REISSUED)

_HOLDER = f"""
SELECT reader.person_id, award.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('certificate', certificate.name, 'level', level.level) AS figures
FROM awards AS award
{messages.to_student("award.student_id")}
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE award.institution_id = :institution_id AND award.id = :award_id
"""


async def tell_holder(session: AsyncSession, kind: MessageKind, *, institution_id: UUID, award_id: UUID) -> None:
    """Tell a certificate's holder of it; who has no account is told by nobody."""
    await inbox.send(
        session,
        kind,
        institution_id=institution_id,
        object_kind="award",
        wishes=_HOLDER,
        values={"award_id": award_id},
    )
