"""The forecast of the guaranteed attempt, and the graduation days it goes by."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import accepted, files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.settlements.commands import forecasts as commands
from x_pilot_api.settlements.commands import risks
from x_pilot_api.settlements.commands.exporting import FileFormat
from x_pilot_api.settlements.models import Outlook
from x_pilot_api.settlements.queries import forecasts as queries
from x_pilot_api.settlements.schemas.forecasts import (
    ForecastAskedOut,
    ForecastOut,
    ForecastRowOut,
    GraduationDayIn,
    GraduationDayOut,
)

router = AreaRouter(tags=["settlements"])


@router.get("/graduation-days", dependencies=[require(Permission.GUARANTEE_FORECASTS_READ)])
async def list_graduation_days(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    programme_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[GraduationDayOut]:
    """List on which days entry years graduate, oldest first, with what a later revision has replaced."""
    items, token = await queries.list_graduation_days(session, actor, programme_id=programme_id, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[GraduationDayOut](items=items, next_page_token=token)


@router.post("/graduation-days", status_code=201, dependencies=[require(Permission.GRADUATION_DAYS_LOAD)])
async def load_graduation_day(body: GraduationDayIn, session: Session, actor: CurrentActor) -> GraduationDayOut:
    """Load on which day an entry year of a programme graduates, with its document; a later one goes before it.

    The register knows no length of a programme; where no day was loaded, a forecast says that it is not known.
    """
    made = await commands.load_graduation_day(session, actor, wish=body)
    (told,) = await queries.tell_graduation_days(session, [made])
    return told


@router.post(
    "/guarantee-forecasts",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.GUARANTEE_FORECASTS_MAKE)],
)
async def make_guarantee_forecast(response: Response, session: Session, actor: CurrentActor) -> ForecastAskedOut:
    """Have a forecast made now; one is made each night anyway."""
    institution_id = actor.own_institution()
    job_id = await commands.ask_for_forecast(session, actor, institution_id=institution_id)
    accepted.point_to(response, job_id)
    return ForecastAskedOut(job_id=job_id)


@router.get("/guarantee-forecasts/latest", dependencies=[require(Permission.GUARANTEE_FORECASTS_READ)])
async def get_latest_guarantee_forecast(session: Session, actor: CurrentActor) -> ForecastOut:
    """Read who will miss the guaranteed attempt before graduation, by college; a coordinator their own.

    Who graduates earliest is seated first, at open plans their programme and level may take, on seats that are free.
    409 `no_forecast` until one was made.
    """
    return await queries.tell_forecast(session, actor, await queries.get_forecast(session, actor, None))


# Before the plain path, whose last parameter would take the deed for a part of the id.
@router.get(
    "/guarantee-forecasts/{forecast_id}:export",
    dependencies=[require(Permission.GUARANTEE_FORECASTS_READ)],
    response_class=Response,
    response_model=ForecastRowOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_guarantee_forecast(
    forecast_id: UUID,
    session: Session,
    actor: CurrentActor,
    file_format: Annotated[FileFormat, Query(alias="format")] = FileFormat.XLSX,
) -> Response:
    """Export a forecast's students as .xlsx or .csv, a coordinator those of their own colleges; it is on record."""
    forecast = await queries.get_forecast(session, actor, forecast_id)
    content = await risks.export_forecast(session, actor, forecast=forecast, file_format=file_format)
    return files.answer(content, f"guarantee-forecast-{forecast.looked_on}.{file_format}")


@router.get("/guarantee-forecasts/{forecast_id}", dependencies=[require(Permission.GUARANTEE_FORECASTS_READ)])
async def get_guarantee_forecast(forecast_id: UUID, session: Session, actor: CurrentActor) -> ForecastOut:
    """Read one forecast by college; forecasts are kept for a while, so that two can be compared."""
    return await queries.tell_forecast(session, actor, await queries.get_forecast(session, actor, forecast_id))


@router.get("/guarantee-forecasts/{forecast_id}/rows", dependencies=[require(Permission.GUARANTEE_FORECASTS_READ)])
async def list_guarantee_forecast_rows(
    forecast_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    outlook: Annotated[Outlook | None, Query()] = None,
) -> PageOut[ForecastRowOut]:
    """List what a forecast expects for each student, and why, with the last day on which registering helps."""
    forecast = await queries.get_forecast(session, actor, forecast_id)
    items, token = await queries.list_rows(session, actor, forecast, college_id=college_id, outlook=outlook, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ForecastRowOut](items=items, next_page_token=token)
