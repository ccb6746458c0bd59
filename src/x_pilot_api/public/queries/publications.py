"""Telling the public of typical cases and of bulletins that are for everybody."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.pagination import PageWish
from x_pilot_api.identity.models import Institution
from x_pilot_api.public.schemas import (
    PublicBulletinBriefOut,
    PublicBulletinOut,
    PublicCaseBriefOut,
    PublicCaseOut,
)
from x_pilot_api.publications.models import Bulletin, TypicalCase
from x_pilot_api.publications.queries import bulletins, cases, places
from x_pilot_api.registry.models import College


async def list_cases(
    session: AsyncSession, *, institution_id: UUID | None, wish: PageWish
) -> tuple[list[PublicCaseBriefOut], str | None]:
    """List published cases with whose they are."""
    rows, token = await cases.list_published(session, institution_id=institution_id, wish=wish)
    return await _tell_cases(session, rows), token


async def get_case(session: AsyncSession, case_id: UUID) -> PublicCaseOut:
    """Read one published case."""
    case = await cases.get_published(session, case_id)
    (brief,) = await _tell_cases(session, [case])
    return PublicCaseOut(**brief.model_dump(), body=case.body)


async def _tell_cases(session: AsyncSession, rows: Sequence[TypicalCase]) -> list[PublicCaseBriefOut]:
    institutions = await _institutions(session, {row.institution_id for row in rows})
    certificates = await places.find_certificates(session, {row.certificate_id for row in rows if row.certificate_id})
    there = [(row.institution_id, row.college_id) for row in rows]
    named = select(College.institution_id, College.id, College.name).where(
        tuple_(College.institution_id, College.id).in_(there)
    )
    colleges = {(row[0], row[1]): row[2] for row in (await session.execute(named)).all()} if rows else {}
    return [
        PublicCaseBriefOut(
            id=row.id,
            institution=institutions[row.institution_id],
            college=colleges[row.institution_id, row.college_id],
            certificate=certificates[row.certificate_id] if row.certificate_id else None,
            title=row.title,
            summary=row.summary,
            published_at=row.published_at,
        )
        for row in rows
        if row.published_at is not None
    ]


async def list_bulletins(
    session: AsyncSession, *, institution_id: UUID | None, today: date, wish: PageWish
) -> tuple[list[PublicBulletinBriefOut], str | None]:
    """List today's bulletins for everybody."""
    rows, token = await bulletins.list_public(session, institution_id=institution_id, today=today, wish=wish)
    institutions = await _institutions(session, {row.institution_id for row in rows})
    return [_brief(row, institutions) for row in rows], token


async def get_bulletin(session: AsyncSession, bulletin_id: UUID, *, today: date) -> PublicBulletinOut:
    """Read one of today's bulletins for everybody."""
    row = await bulletins.get_public(session, bulletin_id, today=today)
    brief = _brief(row, await _institutions(session, [row.institution_id]))
    return PublicBulletinOut(**brief.model_dump(), body=row.body, correction_note=row.correction_note)


def _brief(row: Bulletin, institutions: dict[UUID, str]) -> PublicBulletinBriefOut:
    return PublicBulletinBriefOut(
        id=row.id,
        institution=institutions[row.institution_id],
        title=row.title,
        is_important=row.is_important,
        published_at=row.published_at,
        down_on=row.down_on,
    )


async def _institutions(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await session.execute(select(Institution.id, Institution.name).where(Institution.id.in_(ids)))
    return {row.id: row.name for row in rows.all()}
