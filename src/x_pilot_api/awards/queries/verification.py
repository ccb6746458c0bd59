"""What the public may know of the certificate behind a code, now or as it stood at an instant."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

# A code is the first paper's or a later one's; each is a key of its table, so that a guess costs two look-ups.
_VERIFIED = text("""
SELECT paper.verification_code, paper.number, paper.holder_name, award.issued_on,
    CASE WHEN change.state = 'revoked' THEN 'revoked' WHEN later.number IS NOT NULL THEN 'reissued'
        ELSE coalesce(change.state, 'valid') END AS state,
    CASE WHEN change.state = 'revoked' THEN change.changed_at END AS revoked_at,
    later.number AS reissued_as, certificate.name AS certificate_name, level.level,
    organisation.name AS organisation_name, institution.name AS institution_name, institution.is_test
FROM institutions AS institution
JOIN LATERAL (
    SELECT id AS award_id, 0 AS serial, verification_code, number, holder_name, recorded_at FROM awards
    WHERE institution_id = institution.id AND verification_code = :code
    UNION ALL
    SELECT award_id, serial, verification_code, number, holder_name, recorded_at FROM award_copies
    WHERE institution_id = institution.id AND verification_code = :code
) AS paper ON paper.recorded_at <= CAST(:as_of AS timestamptz) OR CAST(:as_of AS timestamptz) IS NULL
JOIN awards AS award ON award.institution_id = institution.id AND award.id = paper.award_id
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN organisations AS organisation ON organisation.id = certificate.organisation_id
LEFT JOIN LATERAL (
    SELECT state, changed_at FROM award_changes
    WHERE institution_id = institution.id AND award_id = award.id
        AND (recorded_at <= CAST(:as_of AS timestamptz) OR CAST(:as_of AS timestamptz) IS NULL)
    ORDER BY recorded_at DESC, id DESC LIMIT 1
) AS change ON true
LEFT JOIN LATERAL (
    SELECT number FROM award_copies
    WHERE institution_id = institution.id AND award_id = award.id AND serial > paper.serial
        AND (recorded_at <= CAST(:as_of AS timestamptz) OR CAST(:as_of AS timestamptz) IS NULL)
    ORDER BY serial DESC LIMIT 1
) AS later ON true
WHERE institution.code = :institution_code
""")


async def find_verified(
    session: AsyncSession, code: str, *, as_of: datetime | None = None
) -> Row[*tuple[Any, ...]] | None:
    """Find what the public may know of the certificate behind a code; before its paper was there, there is none."""
    institution_code, _, _ = code.partition("-")
    found = await session.execute(_VERIFIED, {"institution_code": institution_code, "code": code, "as_of": as_of})
    return found.one_or_none()
