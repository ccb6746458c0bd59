"""Where exams take place in tests: sites that are approved for a level."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.sites.models import AssessmentSite, SiteLevel


async def approved(
    session: AsyncSession,
    *,
    institution_id: UUID,
    organisation_id: UUID,
    college_id: UUID,
    level_id: UUID,
    capacity: int,
    valid: tuple[date, date],
    at: datetime,
    mark: str = "",
    is_shared: bool = True,
) -> UUID:
    """Approve a site of a college for a level, valid from one day to another; `mark` ends its texts."""
    site_id = uuid4()
    session.add(
        AssessmentSite(
            institution_id=institution_id,
            id=site_id,
            organisation_id=organisation_id,
            college_id=college_id,
            code=f"K{site_id.hex[:6]}{mark}",
            name=f"考点{mark}",
            address=f"路{mark}",
            is_shared=is_shared,
        )
    )
    await session.flush()
    session.add(
        SiteLevel(
            institution_id=institution_id,
            site_id=site_id,
            certificate_level_id=level_id,
            state="approved",
            capacity=capacity,
            valid_from=valid[0],
            valid_to=valid[1],
            applied_by=uuid4(),
            applied_at=at,
            decided_by=uuid4(),
            decided_at=at,
        )
    )
    await session.flush()
    return site_id
