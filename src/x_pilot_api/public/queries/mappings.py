"""Telling the public of rules: what they say and whom they connect, and no person."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.identity.models import Institution, Organisation
from x_pilot_api.mappings import queries as mappings
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import Direction, Mapping, MappingState
from x_pilot_api.mappings.schemas import MappingGradeOut
from x_pilot_api.public.schemas import FeedItemOut, FeedOut, NoticeDaysOut, PublicMappingOut

FEED_VERSION = "https://jsonfeed.org/version/1.1"

_FEED = Both("已发布的学习成果转换规则", "Published conversion rules")
_TITLE = Both(
    "{institution}：{certificate}（等级 {level}）与专业 {programme} 的转换规则第 {version} 版",
    "{institution}: {certificate} (level {level}) and {programme}, version {version} of the rule",
)
_CONTENT = Both(
    "{years} 级；{courses}；共 {credit} 学分；自 {effective_from} 起生效；备案号 {filing_number}。",
    "Entry years {years}; {courses}; {credit} credits; in force from {effective_from}; filed as {filing_number}.",
)


async def tell_mappings(session: AsyncSession, rows: Sequence[Mapping]) -> list[PublicMappingOut]:
    """Tell everything the public is told of rules, in the order given."""
    described = await mappings.describe(session, rows)
    notices = await mappings.find_notices(session, rows)
    institutions = await _names(session, Institution, {row.institution_id for row in rows})
    organisations = await _names(session, Organisation, {it.stakes.organisation_id for it in described})
    return [
        PublicMappingOut(
            id=it.mapping.id,
            institution_id=it.mapping.institution_id,
            institution=institutions[it.mapping.institution_id],
            organisation=organisations[it.stakes.organisation_id],
            programme_code=it.programme_code,
            programme=it.programme_name,
            certificate=it.certificate_name,
            level=it.level,
            direction=Direction(it.mapping.direction),
            entry_year_from=it.mapping.entry_year_from,
            entry_year_to=it.mapping.entry_year_to,
            version=it.mapping.version,
            state=MappingState(it.mapping.state),
            courses=mappings.tell_courses(it),
            credit=sum(line.credit_hundredths for line in it.courses),
            grades=[
                MappingGradeOut(score_from=line.score_from_hundredths, grade=line.grade) for line in it.terms.grades
            ],
            offsets=mappings.tell_offsets(it),
            units=mappings.tell_units(it),
            coverage_percent=rules.coverage_hundredths(it.terms.units),
            content_hash=it.mapping.content_hash,
            filing_number=it.mapping.filing_number,
            filed_on=it.mapping.filed_on,
            effective_from=it.mapping.effective_from,
            effective_to=it.mapping.effective_to,
            published_at=it.mapping.published_at,
            notice=NoticeDaysOut(id=notice.id, starts_on=notice.starts_on, ends_on=notice.ends_on)
            if (notice := notices.get(it.mapping.id))
            else None,
        )
        for it in described
    ]


async def _names(
    session: AsyncSession, table: type[Institution | Organisation], ids: Collection[UUID]
) -> dict[UUID, str]:
    rows = await session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {row.id: row.name for row in rows.all()}


def feed_of(published: Sequence[PublicMappingOut], *, base: str, language: Language) -> FeedOut:
    """Put published rules into a feed; what was never published has no place in it."""
    return FeedOut(
        version=FEED_VERSION,
        title=_FEED.said_in(language),
        feed_url=f"{base}/v1/public/mapping-feed",
        language=language.value,
        items=[
            FeedItemOut(
                id=str(it.id),
                url=f"{base}/v1/public/mappings/{it.id}",
                title=_TITLE.said_in(language).format(
                    institution=it.institution,
                    certificate=it.certificate,
                    level=it.level,
                    programme=it.programme,
                    version=it.version,
                ),
                content_text=_CONTENT.said_in(language).format(
                    years=f"{it.entry_year_from}–{it.entry_year_to}",
                    courses="、".join(f"{line.code} {line.name}" for line in it.courses),
                    credit=format_hundredths(it.credit),
                    effective_from=it.effective_from,
                    filing_number=it.filing_number,
                ),
                date_published=it.published_at,
                tags=[it.programme_code, it.direction.value, it.state.value],
            )
            for it in published
            if it.published_at is not None
        ],
    )
