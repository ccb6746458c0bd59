"""Exporting a simulation as a workbook: read page by page, written beside the loop, sent from a file that then goes."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, languages, workbooks
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.service import Service
from x_pilot_api.core.workbooks import Cell, Workbook
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.errors import SimulationNotFinished, SimulationTooLarge
from x_pilot_api.credits.models import Simulation
from x_pilot_api.credits.schemas import FiguresOut, SimulationRowOut

ROWS_MAX = 200_000
_PAGE = 5_000

_SUMMARY = Both("汇总", "Summary")
_ROWS = Both("明细", "Rows")
_SUMMARY_HEADINGS = (Both("项目", "Item"), Both("数值", "Figure"))
_FIGURES: tuple[tuple[str, Both], ...] = (
    ("students", Both("群体学生数", "Students of the cohort")),
    ("students_concerned", Both("涉及学生数", "Students concerned")),
    ("certificates", Both("涉及证书数", "Certificates")),
    ("gain", Both("学分增加的证书数", "Certificates that gain")),
    ("lose", Both("学分减少的证书数", "Certificates that lose")),
    ("same", Both("学分不变的证书数", "Certificates that stay the same")),
    ("credit_before", Both("现有学分", "Credits today")),
    ("credit_after", Both("模拟后学分", "Credits simulated")),
    ("credit_gained", Both("增加学分合计", "Credits gained")),
    ("credit_lost", Both("减少学分合计", "Credits lost")),
)
_HEADINGS = (
    Both("序号", "No."),
    Both("学号", "Student number"),
    Both("姓名", "Name"),
    Both("等级", "Level"),
    Both("取得日期", "Earned on"),
    Both("现有结果", "Today"),
    Both("现有学分", "Credits today"),
    Both("模拟结果", "Simulated"),
    Both("模拟学分", "Credits simulated"),
    Both("差额", "Difference"),
    Both("规则学分", "Credits of the rule"),
    Both("所受限额", "Limit"),
    Both("限额学分", "Credits of the limit"),
    Both("不能替代的课程", "Courses not replaced"),
)


async def export_simulation(
    session: AsyncSession, actor: Actor, *, service: Service, simulation: Simulation
) -> AsyncGenerator[bytes]:
    """Record who takes a simulation out, and give the workbook, to be read once that is committed."""
    figures = await queries.find_figures(session, simulation)
    if figures is None:
        raise SimulationNotFinished(students=simulation.students, job_id=str(simulation.job_id))
    if simulation.rows > ROWS_MAX:
        raise SimulationTooLarge(rows=simulation.rows, rows_max=ROWS_MAX)
    await audit.record(
        session,
        actor,
        "export_simulation",
        institution_id=simulation.institution_id,
        object_kind="simulation",
        object_id=simulation.id,
        detail={"rows": simulation.rows},
    )
    return _written(service, actor, simulation, figures, languages.spoken())


async def _written(
    service: Service, actor: Actor, simulation: Simulation, figures: FiguresOut, language: Language
) -> AsyncGenerator[bytes]:
    with tempfile.TemporaryDirectory(prefix="x-pilot-") as folder:
        path = Path(folder) / "simulation.xlsx"
        book = Workbook(path)
        _write_summary(book, figures, language)
        book.begin_sheet(_ROWS.said_in(language), [heading.said_in(language) for heading in _HEADINGS])
        codes = {course.course_id: course.code for course in figures.courses}
        after, is_more = 0, True
        while is_more:
            own = simulation.institution_id
            async with service.database.transaction(read_only=True, institution_id=own) as session:
                rows = await queries.list_rows(
                    session, actor, simulation, effect=None, is_refused=None, after=after, size=_PAGE
                )
            await asyncio.to_thread(book.write, [_cells(row, codes, language) for row in rows])
            is_more = len(rows) == _PAGE
            after = rows[-1].number if rows else after
        await asyncio.to_thread(book.close)
        for chunk in workbooks.read_in_chunks(path):
            yield chunk


def _write_summary(book: Workbook, figures: FiguresOut, language: Language) -> None:
    book.begin_sheet(_SUMMARY.said_in(language), [heading.said_in(language) for heading in _SUMMARY_HEADINGS])
    book.write(
        [
            (said.said_in(language), _credit(value) if name.startswith("credit") else value)
            for name, said in _FIGURES
            for value in (getattr(figures, name),)
        ]
    )
    book.write([(rules.REASON_WORDS[found.reason].said_in(language), found.certificates) for found in figures.reasons])
    book.write([(rules.limit_words(found.code).said_in(language), found.certificates) for found in figures.limits])
    book.write([(f"{course.code} {course.name}", course.replaced) for course in figures.courses])


def _cells(row: SimulationRowOut, codes: dict[UUID, str], language: Language) -> list[Cell]:
    return [
        row.number,
        row.student_number,
        row.student_name,
        row.level,
        row.earned_on,
        rules.REASON_WORDS[row.reason_before].said_in(language),
        _credit(row.credit_before),
        rules.REASON_WORDS[row.reason_after].said_in(language),
        _credit(row.credit_after),
        _credit(row.difference),
        _credit(row.rule_credit),
        rules.limit_words(row.limit_code).said_in(language) if row.limit_code else None,
        _credit(row.limit_credit) if row.limit_credit is not None else None,
        "；".join(
            f"{codes.get(course, course)}：{rules.REFUSAL_WORDS[refusal].said_in(language)}"
            for course, refusal in row.refusals.items()
        )
        or None,
    ]


def _credit(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
