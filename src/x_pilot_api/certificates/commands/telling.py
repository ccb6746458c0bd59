"""Telling experts what they are to review, and an organisation's staff what they are to answer."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import CertificateReview, Feedback, ReviewSeat, SeatState
from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

REVIEW_ASSIGNED = MessageKind(
    "review.assigned",
    Both("分派评审任务", "A review was assigned"),
    Both("您有一项证书评审任务", "A review waits for your opinion"),
    Both(
        "请对证书“{certificate}”的评审发表意见；如有利益关系，请申请回避。",
        "You are asked for your opinion on “{certificate}”; if you have a conflict of interest, ask to be excused.",
    ),
    {"certificate": "智能财税"},
)
FEEDBACK_DUE = MessageKind(
    "feedback.due",
    Both("待答复的质量反馈", "Feedback to answer"),
    Both("有一条质量反馈需要答复", "Feedback waits for your answer"),
    Both(
        "关于证书“{certificate}”的质量反馈请于 {due_on} 前答复。",
        "Feedback about “{certificate}” is to be answered by {due_on}.",
    ),
    {"certificate": "智能财税", "due_on": "2026-12-31"},
)
messages.know(REVIEW_ASSIGNED, FEEDBACK_DUE)

_STAFF = """
SELECT role.person_id, feedback.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('certificate', certificate.name, 'due_on', feedback.due_on::text) AS figures
FROM quality_feedback AS feedback
JOIN certificates AS certificate ON certificate.id = feedback.certificate_id
JOIN platform_roles AS role ON role.role = 'org_staff' AND role.organisation_id = certificate.organisation_id
JOIN people AS person ON person.id = role.person_id AND person.disabled_at IS NULL
WHERE feedback.institution_id = :institution_id AND feedback.id = :feedback_id
ORDER BY role.person_id
"""


async def tell_experts(
    session: AsyncSession, review: CertificateReview, seats: Sequence[ReviewSeat], *, certificate_name: str
) -> None:
    """Tell the experts who were given a place; who is excused in it has nothing to do."""
    await inbox.send_to(
        session,
        REVIEW_ASSIGNED,
        institution_id=review.institution_id,
        object_kind="review",
        object_id=review.id,
        person_ids=sorted(seat.person_id for seat in seats if seat.state == SeatState.ASSIGNED),
        figures={"certificate": certificate_name},
    )


async def tell_staff(session: AsyncSession, feedback: Feedback) -> None:
    """Tell the staff of the organisation whose answer is waited for, and by when."""
    await inbox.send(
        session,
        FEEDBACK_DUE,
        institution_id=feedback.institution_id,
        object_kind="feedback",
        wishes=_STAFF,
        values={"feedback_id": feedback.id},
    )
