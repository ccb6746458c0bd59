"""Figures by group, from sums: what they cost does not grow with the students."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.analytics import rules
from x_pilot_api.analytics.models import AnalyticsBy, Figure
from x_pilot_api.analytics.queries import reach
from x_pilot_api.analytics.queries.reach import FITS, NAMED, Asked
from x_pilot_api.analytics.schemas import AnalyticsGroupOut, AnalyticsOut, AnalyticsRowsOut, ShareOut
from x_pilot_api.core.actors import Actor
from x_pilot_api.tallies import rules as tallies

_Sums = dict[tuple[str, bool, bool], int]

_GROUPED: Mapping[AnalyticsBy, tuple[str, str]] = {
    AnalyticsBy.COLLEGE: ("CAST(college.id AS text)", "college.name"),
    AnalyticsBy.PROGRAMME: ("CAST(programme.id AS text)", "programme.name"),
    AnalyticsBy.CERTIFICATE: ("CAST(certificate.id AS text)", "certificate.name"),
    AnalyticsBy.LEVEL: ("CAST(level.id AS text)", "certificate.name || ' ' || level.level"),
    AnalyticsBy.ORGANISATION: ("CAST(organisation.id AS text)", "organisation.name"),
    AnalyticsBy.YEAR: ("to_char(placed.period_on, 'YYYY')", "to_char(placed.period_on, 'YYYY')"),
    AnalyticsBy.MONTH: ("to_char(placed.period_on, 'YYYY-MM')", "to_char(placed.period_on, 'YYYY-MM')"),
}

# A sum that names no college belongs to that of its programme, wherever that is by now.
_PLACED = f"""
SELECT kept.measure, coalesce(kept.unit_id, its.college_id) AS college_id, kept.stream_id AS programme_id,
    kept.subject_id AS level_id, kept.period_on, kept.amount
FROM (SELECT {tallies.PLACE}, sum(amount) AS amount FROM ({tallies.KEPT}) AS every GROUP BY {tallies.PLACE}) AS kept
LEFT JOIN programmes AS its ON its.institution_id = :institution_id AND its.id = kept.stream_id
"""

_SUMS = f"""
SELECT {{group}} AS group_id, {{name}} AS name, placed.measure, placed.programme_id IS NOT NULL AS of_students,
    coalesce(programme.is_pilot, false) AS of_pilot, sum(placed.amount)::bigint AS amount
FROM ({_PLACED}) AS placed {NAMED}
WHERE {FITS}
GROUP BY 1, 2, 3, 4, 5 HAVING sum(placed.amount) <> 0 ORDER BY 2 NULLS LAST, 1
"""

STATEMENTS = {by: text(_SUMS.format(group=group, name=name)) for by, (group, name) in _GROUPED.items()}


async def read_figures(session: AsyncSession, actor: Actor, *, by: AnalyticsBy, asked: Asked) -> AnalyticsOut:
    """Read figures and rates by group, of what the actor may see."""
    rows = (await session.execute(STATEMENTS[by], reach.values_of(actor, asked))).all()
    groups: dict[tuple[str | None, str | None], _Sums] = {}
    everything: _Sums = defaultdict(int)
    for row in rows:
        sums = groups.setdefault((row.group_id, row.name), defaultdict(int))
        sums[row.measure, row.of_students, row.of_pilot] += row.amount
        everything[row.measure, row.of_students, row.of_pilot] += row.amount
    is_standing = by in rules.BY_COLLEGE_OR_PROGRAMME and not asked.knows_certificate
    return AnalyticsOut(
        by=by,
        groups=[
            _told(group_id, name, sums, is_standing=is_standing)
            for (group_id, name), sums in groups.items()
            if any(_figures(sums, is_standing=is_standing).values())
        ],
        total=_told(None, None, everything, is_standing=not asked.knows_certificate),
    )


def _figures(sums: _Sums, *, is_standing: bool) -> dict[Figure, int]:
    return {figure: rules.figure_of(figure, sums, is_standing=is_standing) for figure in Figure}


def _told(group_id: str | None, name: str | None, sums: _Sums, *, is_standing: bool) -> AnalyticsGroupOut:
    figures = _figures(sums, is_standing=is_standing)
    rates = {
        rate: ShareOut(
            numerator=figures[part],
            denominator=figures[whole],
            percent=rules.percent(figures[part], figures[whole]),
        )
        for rate, (part, whole) in rules.RATES.items()
    }
    return AnalyticsGroupOut(
        group_id=group_id,
        name=name,
        attainment=rates["attainment"],
        pass_rate=rates["pass_rate"],
        attendance=rates["attendance"],
        account_opening=rates["account_opening"],
        guarantee_coverage=rates["guarantee_coverage"],
        figures=AnalyticsRowsOut(**{figure.value: value for figure, value in figures.items()}),
    )
