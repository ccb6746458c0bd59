"""Telling the office and the college of an admitted certificate that no working group watches."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind
from x_pilot_api.posts import queries

CERTIFICATE_UNCOVERED = MessageKind(
    "certificate.uncovered",
    Both("准入证书无协作组覆盖", "An admitted certificate without a working group"),
    Both("有证书尚无协作组覆盖", "A certificate has no working group"),
    Both(
        "{college} 已准入证书“{certificate}”，目前没有协作组覆盖，请调整或补充成立协作组。",
        "{college} has admitted “{certificate}”, and no working group watches it: adjust one, or establish another.",
    ),
    {"college": "会计学院", "certificate": "智能财税"},
)
messages.know(CERTIFICATE_UNCOVERED)

_READERS = """
SELECT DISTINCT reader.person_id, admission.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('college', college.name, 'certificate', certificate.name) AS figures
FROM admissions AS admission
JOIN colleges AS college ON college.institution_id = admission.institution_id AND college.id = admission.college_id
JOIN certificates AS certificate ON certificate.id = admission.certificate_id
JOIN memberships AS reader ON reader.institution_id = admission.institution_id
    AND (reader.role = 'registrar' OR (reader.role = 'coordinator' AND reader.college_id = admission.college_id))
JOIN people AS person ON person.id = reader.person_id AND person.disabled_at IS NULL
WHERE admission.institution_id = :institution_id AND admission.id = :admission_id
"""


async def tell_uncovered(session: AsyncSession, *, institution_id: UUID, admission_id: UUID, today: date) -> int:
    """Tell the registrars and the college's coordinators, unless a group watches the certificate by now."""
    if not await queries.is_uncovered(session, institution_id=institution_id, admission_id=admission_id, on=today):
        return 0
    return await inbox.send(
        session,
        CERTIFICATE_UNCOVERED,
        institution_id=institution_id,
        object_kind="admission",
        wishes=_READERS,
        values={"admission_id": admission_id},
    )
