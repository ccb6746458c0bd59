"""Writing down the deeds on a review, so that its whole history can be read."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import CertificateReview
from x_pilot_api.certificates.rules.reviews import AUDIT_KIND
from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor

_STATE = ("state", "exit_on", "policy_id", "decided_at")


def state_of(review: CertificateReview) -> dict[str, object]:
    """Take what deeds change in a review."""
    return changes.fields_of(review, *_STATE)


async def record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    review: CertificateReview,
    *,
    before: dict[str, object] | None = None,
    **detail: object,
) -> None:
    """Write down one deed on a review."""
    await audit.record(
        session,
        actor,
        deed,
        institution_id=review.institution_id,
        object_kind=AUDIT_KIND,
        object_id=review.id,
        detail=detail,
        before=before,
        after=state_of(review),
    )
