"""Looking ahead at the guaranteed attempt: loading graduation days, making forecasts, telling who has to know."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, jobs
from x_pilot_api.core.actors import SYSTEM, Actor
from x_pilot_api.core.db import write
from x_pilot_api.core.languages import Both
from x_pilot_api.identity import queries as identity
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind
from x_pilot_api.registry import queries as registry
from x_pilot_api.settlements.errors import EntryYearAfterGraduation
from x_pilot_api.settlements.models import GraduationDay, GuaranteeForecast, GuaranteeForecastRow
from x_pilot_api.settlements.queries import forecasting
from x_pilot_api.settlements.queries.forecasting import NEED, Prospect
from x_pilot_api.settlements.rules import forecasting as rules
from x_pilot_api.settlements.rules.forecasting import Seated, Verdict
from x_pilot_api.settlements.schemas.forecasts import GraduationDayIn

KEPT_DAYS = 60
"""How long a forecast is kept; there is a new one each night."""
_KIND = "guarantee_forecast"

AT_RISK = MessageKind(
    "guarantee.at_risk",
    Both("保障考核机会将落空", "A guaranteed attempt is at risk"),
    Both("有学生可能错过保障考核机会", "Students may miss their guaranteed attempt"),
    Both(
        "{college}新增 {students} 名学生，按现有计划和座位在毕业前不能参加考核，请查看名单和最后报名日期。",
        "In {college}, {students} more students would not be examined before they graduate, as plans and seats stand;"
        " the list tells the last day on which registering helps.",
    ),
    {"college": "会计学院", "students": "3"},
)
messages.know(AT_RISK)

_WRITE = text(f"""
WITH need AS ({NEED}), seated AS (
    SELECT * FROM unnest(CAST(:seated_programmes AS uuid[]), CAST(:seated_years AS int[]), CAST(:firsts AS int[]),
        CAST(:lasts AS int[]), CAST(:plans AS uuid[]), CAST(:levels AS uuid[]))
        AS each (programme_id, entry_year, first, last, exam_plan_id, certificate_level_id)
), verdict AS (
    SELECT * FROM unnest(CAST(:programmes AS uuid[]), CAST(:years AS int[]), CAST(:reasons AS text[]),
        CAST(:last_days AS date[])) AS each (programme_id, entry_year, reason, last_useful_on)
), told AS (
    SELECT need.*, verdict.last_useful_on,
        CASE WHEN need.standing <> 'open' THEN need.standing
            WHEN seated.exam_plan_id IS NOT NULL THEN 'placed' ELSE 'at_risk' END AS outlook,
        CASE WHEN need.standing = 'unknown' THEN 'graduation_unknown'
            WHEN need.standing = 'open' AND seated.exam_plan_id IS NULL THEN verdict.reason END AS reason,
        CASE WHEN need.standing = 'open' THEN seated.exam_plan_id ELSE need.exam_plan_id END AS plan_id,
        CASE WHEN need.standing = 'open' THEN seated.certificate_level_id ELSE need.certificate_level_id END
            AS level_id
    FROM need
    LEFT JOIN seated ON seated.programme_id = need.programme_id AND seated.entry_year = need.entry_year
        AND need.standing = 'open' AND need.turn BETWEEN seated.first AND seated.last
    LEFT JOIN verdict ON verdict.programme_id = need.programme_id AND verdict.entry_year = need.entry_year
        AND need.standing = 'open'
)
INSERT INTO guarantee_forecast_rows (institution_id, forecast_id, student_id, college_id, programme_id, entry_year,
    graduates_on, outlook, reason, exam_plan_id, certificate_level_id, last_useful_on, is_new)
SELECT :institution_id, :forecast_id, told.student_id, told.college_id, told.programme_id, told.entry_year,
    told.graduates_on, told.outlook, told.reason, told.plan_id, told.level_id, told.last_useful_on,
    told.outlook = 'at_risk' AND NOT EXISTS (
        SELECT FROM guarantee_forecast_rows AS before
        WHERE before.institution_id = :institution_id AND before.forecast_id = :before_id
            AND before.student_id = told.student_id AND before.outlook = 'at_risk')
FROM told
""")

_COUNT = text("""
SELECT count(*) AS students, count(*) FILTER (WHERE outlook = 'at_risk') AS at_risk,
    count(*) FILTER (WHERE outlook = 'unknown') AS unknown, count(*) FILTER (WHERE is_new) AS newly_at_risk
FROM guarantee_forecast_rows WHERE institution_id = :institution_id AND forecast_id = :forecast_id
""")

_WISHES = """
SELECT DISTINCT member.person_id, CAST(:forecast_id AS uuid) AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('college', college.name, 'students', risk.students::text) AS figures
FROM (
    SELECT college_id, count(*) AS students FROM guarantee_forecast_rows
    WHERE institution_id = :institution_id AND forecast_id = :forecast_id AND is_new GROUP BY college_id
) AS risk
JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = risk.college_id
JOIN memberships AS member ON member.institution_id = :institution_id AND member.role = 'coordinator'
    AND member.college_id = risk.college_id
JOIN people AS person ON person.id = member.person_id AND person.disabled_at IS NULL
"""


async def load_graduation_day(session: AsyncSession, actor: Actor, *, wish: GraduationDayIn) -> GraduationDay:
    """Load on which day an entry year graduates; what was loaded before stays on record below it."""
    if wish.graduates_on.year < wish.entry_year:
        raise EntryYearAfterGraduation(entry_year=wish.entry_year, graduates_on=str(wish.graduates_on))
    programme = await registry.get_own_programme(session, actor, wish.programme_id, lock=True)
    known = await session.scalar(
        select(func.max(GraduationDay.revision)).where(
            GraduationDay.institution_id == programme.institution_id,
            GraduationDay.programme_id == programme.id,
            GraduationDay.entry_year == wish.entry_year,
        )
    )
    values = wish.model_dump() | {
        "institution_id": programme.institution_id,
        "revision": (known or 0) + 1,
        "loaded_by": actor.id,
    }
    made = (await session.scalars(insert(GraduationDay).values(values).returning(GraduationDay))).one()
    await audit.record(
        session,
        actor,
        "load_graduation_day",
        institution_id=made.institution_id,
        object_kind="programme",
        object_id=made.programme_id,
        detail={"entry_year": made.entry_year, "revision": made.revision},
        after={"graduates_on": made.graduates_on, "document": made.document_number},
    )
    return made


async def ask_for_forecast(session: AsyncSession, actor: Actor, *, institution_id: UUID) -> UUID:
    """Have a forecast made now; while one waits to be begun, no second one is asked for."""
    job_id = await jobs.enqueue(
        session,
        "forecast_guarantees",
        arguments={},
        institution_id=institution_id,
        once_as=f"forecast_guarantees {institution_id}",
        requested_by=actor,
    )
    await audit.record(
        session, actor, "ask_for_forecast", institution_id=institution_id, object_kind="job", object_id=job_id
    )
    return job_id


async def make_forecast(session: AsyncSession, *, prospect: Prospect, asked_by: UUID) -> GuaranteeForecast:
    """Look ahead for an institution: seat who still needs it, keep what is expected of each, tell of new risks."""
    # One forecast at a time, so that nobody is told of the same risk twice.
    await identity.lock_institution(session, prospect.institution_id)
    latest = select(GuaranteeForecast.id).where(GuaranteeForecast.institution_id == prospect.institution_id)
    before_id = await session.scalar(latest.order_by(GuaranteeForecast.id.desc()).limit(1))
    groups = await forecasting.list_groups(session, prospect)
    seated, verdicts = rules.decide(groups, await forecasting.list_ways(session, prospect))
    head = {"institution_id": prospect.institution_id, "looked_on": prospect.today, "asked_by": asked_by}
    made = (await session.scalars(insert(GuaranteeForecast).values(head).returning(GuaranteeForecast))).one()
    named = {"forecast_id": made.id, "institution_id": prospect.institution_id}
    whose = named | {"timezone": prospect.timezone, "before_id": before_id}
    await write(session, _WRITE, whose | _columns_of(seated, verdicts))
    counts = (await session.execute(_COUNT, named)).mappings().one()
    await audit.record(
        session,
        SYSTEM,
        "make_forecast",
        institution_id=made.institution_id,
        object_kind=_KIND,
        object_id=made.id,
        detail=dict(counts),
    )
    await inbox.send(
        session,
        AT_RISK,
        institution_id=made.institution_id,
        object_kind=_KIND,
        wishes=_WISHES,
        values={"forecast_id": made.id},
    )
    return made


def _columns_of(seated: list[Seated], verdicts: list[Verdict]) -> dict[str, Any]:
    """Write what was decided as columns."""
    return {
        "seated_programmes": [one.group[0] for one in seated],
        "seated_years": [one.group[1] for one in seated],
        "firsts": [one.first for one in seated],
        "lasts": [one.last for one in seated],
        "plans": [one.exam_plan_id for one in seated],
        "levels": [one.certificate_level_id for one in seated],
        "programmes": [one.group[0] for one in verdicts],
        "years": [one.group[1] for one in verdicts],
        "reasons": [one.reason.value for one in verdicts],
        "last_days": [one.last_useful_on for one in verdicts],
    }


async def forget_forecasts(session: AsyncSession, *, institution_id: UUID) -> int:
    """Forget an institution's forecasts that are older than what is kept."""
    old = select(GuaranteeForecast.id).where(
        GuaranteeForecast.institution_id == institution_id,
        GuaranteeForecast.made_at < clock.now() - timedelta(days=KEPT_DAYS),
    )
    rows = delete(GuaranteeForecastRow).where(
        GuaranteeForecastRow.institution_id == institution_id, GuaranteeForecastRow.forecast_id.in_(old)
    )
    await session.execute(rows)
    gone = delete(GuaranteeForecast).where(
        GuaranteeForecast.institution_id == institution_id, GuaranteeForecast.id.in_(old)
    )
    return await write(session, gone)
