"""Reading forecasts and the graduation days they go by."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, id_after, page_of, token_after
from x_pilot_api.identity.models import Role
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme
from x_pilot_api.settlements.errors import NoForecast
from x_pilot_api.settlements.models import GraduationDay, GuaranteeForecast, Outlook
from x_pilot_api.settlements.schemas.forecasts import (
    CollegeForecastOut,
    ForecastOut,
    ForecastRowOut,
    GraduationDayOut,
)

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})

_COLLEGES = text("""
SELECT row.college_id, college.name AS college_name, count(*) AS students,
    count(*) FILTER (WHERE row.outlook = 'reserved') AS reserved,
    count(*) FILTER (WHERE row.outlook = 'placed') AS placed,
    count(*) FILTER (WHERE row.outlook = 'at_risk') AS at_risk,
    count(*) FILTER (WHERE row.outlook = 'unknown') AS unknown,
    count(*) FILTER (WHERE row.is_new) AS newly_at_risk,
    min(row.last_useful_on) FILTER (WHERE row.outlook = 'at_risk') AS last_useful_on
FROM guarantee_forecast_rows AS row
JOIN colleges AS college ON college.institution_id = row.institution_id AND college.id = row.college_id
WHERE row.institution_id = :institution_id AND row.forecast_id = :forecast_id
    AND (CAST(:college_ids AS uuid[]) IS NULL OR row.college_id = ANY(CAST(:college_ids AS uuid[])))
GROUP BY 1, 2 ORDER BY 2, 1
""")

_ROWS = text("""
SELECT row.*, student.student_number, student.name AS student_name, student.class_name,
    programme.name AS programme_name, plan.code AS plan_code
FROM guarantee_forecast_rows AS row
JOIN students AS student ON student.institution_id = row.institution_id AND student.id = row.student_id
JOIN programmes AS programme ON programme.institution_id = row.institution_id AND programme.id = row.programme_id
LEFT JOIN exam_plans AS plan ON plan.institution_id = row.institution_id AND plan.id = row.exam_plan_id
WHERE row.institution_id = :institution_id AND row.forecast_id = :forecast_id
    AND (CAST(:college_ids AS uuid[]) IS NULL OR row.college_id = ANY(CAST(:college_ids AS uuid[])))
    AND (CAST(:college_id AS uuid) IS NULL OR row.college_id = :college_id)
    AND (CAST(:outlook AS text) IS NULL OR row.outlook = :outlook)
    AND row.student_id > :after
ORDER BY row.student_id LIMIT :size
""")


def _own(actor: Actor) -> list[UUID] | None:
    """Name the colleges an actor is told of; None: all of the institution's."""
    return None if actor.roles & _OFFICE else sorted(actor.college_ids)


def _visible(actor: Actor) -> Select[GuaranteeForecast]:
    return select(GuaranteeForecast).where(GuaranteeForecast.institution_id == actor.institution_id)


async def get_forecast(session: AsyncSession, actor: Actor, forecast_id: UUID | None) -> GuaranteeForecast:
    """Read one forecast of the actor's institution, the latest if none is named."""
    statement = _visible(actor)
    if forecast_id is not None:
        return await lookups.get_one(
            session, statement.where(GuaranteeForecast.id == forecast_id), what="guarantee forecast", zh="保障预测"
        )
    latest = (await session.scalars(statement.order_by(GuaranteeForecast.id.desc()).limit(1))).one_or_none()
    if latest is None:
        raise NoForecast
    return latest


async def tell_forecast(session: AsyncSession, actor: Actor, forecast: GuaranteeForecast) -> ForecastOut:
    """Tell a forecast by college, to a coordinator their own."""
    bound = {
        "institution_id": forecast.institution_id,
        "forecast_id": forecast.id,
        "college_ids": _own(actor),
    }
    found = await session.execute(_COLLEGES, bound)
    return ForecastOut(
        id=forecast.id,
        looked_on=forecast.looked_on,
        made_at=forecast.made_at,
        colleges=[CollegeForecastOut.model_validate(row, from_attributes=True) for row in found.all()],
    )


async def list_rows(
    session: AsyncSession,
    actor: Actor,
    forecast: GuaranteeForecast,
    *,
    college_id: UUID | None = None,
    outlook: Outlook | None = None,
    wish: PageWish,
) -> tuple[list[ForecastRowOut], str | None]:
    """List a forecast's students, to a coordinator those of their own colleges."""
    bound: dict[str, Any] = {
        "institution_id": forecast.institution_id,
        "forecast_id": forecast.id,
        "college_ids": _own(actor),
        "college_id": college_id,
        "outlook": outlook,
        "after": id_after(wish),
        "size": wish.size + 1,
    }
    found = (await session.execute(_ROWS, bound)).all()
    items = [ForecastRowOut.model_validate(row, from_attributes=True) for row in found[: wish.size]]
    return items, token_after(str(items[-1].student_id)) if len(found) > wish.size else None


async def list_graduation_days(
    session: AsyncSession, actor: Actor, *, programme_id: UUID | None, wish: PageWish
) -> tuple[list[GraduationDayOut], str | None]:
    """List the graduation days of the programmes the actor may see, oldest first, superseded revisions too."""
    programmes = registry.visible_programmes(actor).with_only_columns(Programme.id)
    statement = select(GraduationDay).where(
        GraduationDay.institution_id == actor.institution_id, GraduationDay.programme_id.in_(programmes)
    )
    if programme_id is not None:
        statement = statement.where(GraduationDay.programme_id == programme_id)
    rows, token = await page_of(session, statement, order=(GraduationDay.id,), wish=wish)
    return await tell_graduation_days(session, rows), token


async def tell_graduation_days(session: AsyncSession, days: Sequence[GraduationDay]) -> list[GraduationDayOut]:
    """Tell graduation days, and which of them are the latest."""
    later = aliased(GraduationDay)
    latest = (
        select(func.max(later.revision))
        .where(
            later.institution_id == GraduationDay.institution_id,
            later.programme_id == GraduationDay.programme_id,
            later.entry_year == GraduationDay.entry_year,
        )
        .scalar_subquery()
    )
    found = await session.execute(
        select(GraduationDay.id, Programme.name, latest.label("latest"))
        .join(
            Programme,
            (Programme.institution_id == GraduationDay.institution_id) & (Programme.id == GraduationDay.programme_id),
        )
        .where(
            GraduationDay.institution_id.in_({day.institution_id for day in days}),
            GraduationDay.id.in_([day.id for day in days]),
        )
    )
    known = {row.id: row for row in found.all()}
    return [
        GraduationDayOut(
            id=day.id,
            programme_id=day.programme_id,
            programme_name=known[day.id].name,
            entry_year=day.entry_year,
            revision=day.revision,
            graduates_on=day.graduates_on,
            document_number=day.document_number,
            loaded_by=day.loaded_by,
            loaded_at=day.loaded_at,
            is_current=day.revision == known[day.id].latest,
        )
        for day in days
    ]
