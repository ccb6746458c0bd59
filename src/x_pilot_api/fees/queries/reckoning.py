"""Telling what a cost sheet comes to, what is found about it, and how colleges compare."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import changes, texts
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.fees import rules
from x_pilot_api.fees.models import CostSheet, CostSheetLine, CostSheetState
from x_pilot_api.fees.queries import cost_sheets, in_force
from x_pilot_api.fees.rules import Ceiling, Finding, SheetFacts
from x_pilot_api.fees.schemas import (
    CostChangeOut,
    CostComparisonOut,
    CostFindingOut,
    CostLineOut,
    CostSheetOut,
    CostSheetSummaryOut,
)

_COMPARED = text("""
SELECT sheet.id AS cost_sheet_id, sheet.college_id, college.name AS college_name, sheet.certificate_level_id,
    certificate.name AS certificate_name, level.level, sheet.exam_form, sheet.year, sheet.cash_fen, sheet.in_kind_fen,
    beside.lowest_fen, beside.highest_fen, beside.colleges, ceiling.amount_fen AS ceiling_fen,
    before.cash_fen AS last_year_fen
FROM cost_sheets AS sheet
JOIN colleges AS college ON college.institution_id = sheet.institution_id AND college.id = sheet.college_id
JOIN certificate_levels AS level ON level.id = sheet.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
CROSS JOIN LATERAL (
    SELECT min(other.cash_fen) AS lowest_fen, max(other.cash_fen) AS highest_fen, count(*) AS colleges
    FROM cost_sheets AS other
    WHERE other.institution_id = sheet.institution_id AND other.certificate_level_id = sheet.certificate_level_id
        AND other.exam_form = sheet.exam_form AND other.year = sheet.year AND other.state = 'accepted'
) AS beside
LEFT JOIN LATERAL (
    SELECT issued.amount_fen FROM fee_ceilings AS issued
    WHERE issued.exam_form = sheet.exam_form AND issued.category IS NULL
        AND (issued.level IS NULL OR issued.level = level.level)
        AND daterange(issued.effective_from, issued.effective_to) @> CAST(:on AS date)
    ORDER BY issued.level NULLS LAST LIMIT 1
) AS ceiling ON true
LEFT JOIN cost_sheets AS before ON before.institution_id = sheet.institution_id
    AND before.college_id = sheet.college_id AND before.certificate_level_id = sheet.certificate_level_id
    AND before.exam_form = sheet.exam_form AND before.year = sheet.year - 1 AND before.state = 'accepted'
WHERE sheet.institution_id = :institution_id AND sheet.id = ANY(CAST(:ids AS uuid[]))
ORDER BY sheet.id
""")


async def read_facts(
    session: AsyncSession, sheet: CostSheet, lines: Sequence[CostSheetLine], *, today: date
) -> SheetFacts:
    """Read what the rules check a sheet by."""
    on = cost_sheets.day_of(sheet.year, today=today)
    level = await certificates.get_level(session, sheet.certificate_level_id)
    ceiling = rules.choose_ceiling(
        await in_force.list_ceilings_in_force(session, on=on),
        exam_form=sheet.exam_form,
        level=level.level,
        category=None,
        on=on,
    )
    return SheetFacts(
        exam_form=sheet.exam_form,
        level=level.level,
        machine_marked=sheet.machine_marked,
        candidates=sheet.candidates,
        lines=[cost_sheets.cost_line(line) for line in lines],
        ceiling=None if ceiling is None else Ceiling(ceiling.amount_fen, ceiling.document_number),
        last_year=await cost_sheets.find_last_year(session, sheet),
        limit=await cost_sheets.find_change_limit(session, institution_id=sheet.institution_id, on=today),
    )


def summarise(actor: Actor, sheet: CostSheet) -> CostSheetSummaryOut:
    """Tell of a sheet without its lines."""
    return CostSheetSummaryOut.model_validate(
        changes.fields_of(sheet) | {"allowed_deeds": rules.sheet_deeds(actor, sheet)}
    )


async def describe_sheet(session: AsyncSession, actor: Actor, sheet: CostSheet, *, today: date) -> CostSheetOut:
    """Tell everything of a sheet."""
    lines = await cost_sheets.list_lines(session, sheet)
    facts = await read_facts(session, sheet, lines, today=today)
    return CostSheetOut(
        **dict(summarise(actor, sheet)),
        ceiling_fen=None if facts.ceiling is None else facts.ceiling.amount_fen,
        lines=[_line(line, candidates=sheet.candidates) for line in lines],
        findings=[describe_finding(finding) for finding in rules.lint(facts)],
        against_last_year=[
            CostChangeOut(
                element=element,
                last_fen=rules.round_fen(was),
                now_fen=rules.round_fen(now),
                change_percent=rules.percent_hundredths(was, now),
            )
            for element, was, now in rules.changes_of(facts)
        ],
    )


def _line(line: CostSheetLine, *, candidates: int) -> CostLineOut:
    read = cost_sheets.cost_line(line)
    return CostLineOut.model_validate(
        changes.fields_of(line, "position", "element", "payer", "in_kind", "unit_cost_fen", "spread_over", "basis")
        | {
            "quantity": line.quantity_hundredths,
            "amount_fen": rules.round_fen(rules.line_amount(read)),
            "share_fen": rules.round_fen(rules.line_share(read, candidates=candidates)),
        }
    )


def describe_finding(finding: Finding) -> CostFindingOut:
    """Put a finding into words."""
    zh, en = (said.format_map(dict(finding.figures)) for said in finding.item.detail)
    return CostFindingOut.model_validate(
        {
            "code": finding.item.code,
            "severity": finding.severity,
            "line": finding.position,
            "detail": texts.in_both(Both(zh, en)),
            "clause": texts.in_both(finding.clause),
            "figures": dict(finding.figures),
        }
    )


async def list_comparisons(
    session: AsyncSession,
    *,
    institution_id: UUID | None,
    year: int,
    certificate_level_id: UUID | None,
    today: date,
    wish: PageWish,
) -> tuple[list[CostComparisonOut], str | None]:
    """Compare the colleges' accepted sheets of a year, however many a page holds, in one statement."""
    statement = select(CostSheet).where(
        CostSheet.institution_id == institution_id,
        CostSheet.year == year,
        CostSheet.state == CostSheetState.ACCEPTED,
    )
    if certificate_level_id is not None:
        statement = statement.where(CostSheet.certificate_level_id == certificate_level_id)
    sheets, token = await page_of(session, statement, order=(CostSheet.id,), wish=wish)
    bound = {
        "institution_id": institution_id,
        "ids": [sheet.id for sheet in sheets],
        "on": cost_sheets.day_of(year, today=today),
    }
    rows = (await session.execute(_COMPARED, bound)).all()
    return [CostComparisonOut.model_validate(row, from_attributes=True) for row in rows], token
