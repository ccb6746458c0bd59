"""Telling colleges that a report is to be written, came back, or is waited for; and putting deeds on record."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind
from x_pilot_api.reports import rules
from x_pilot_api.reports.models import ReminderKind, Report

_EXAMPLE = {"report": "1+X 试点工作月报", "period_to": "2026-11-30", "due_on": "2026-12-05"}

OPENED = MessageKind(
    "report.opened",
    Both("有新的报告待报送", "A report is asked for"),
    Both("有一份报告需要填写", "A report is to be written"),
    Both(
        "“{report}”（期间截至 {period_to}）请于 {due_on} 前报送。",
        "“{report}” (period until {period_to}) is due on {due_on}.",
    ),
    _EXAMPLE,
)
RETURNED = MessageKind(
    "report.returned",
    Both("报告被退回", "A report was sent back"),
    Both("您学院的报告被退回", "Your college's report was sent back"),
    Both(
        "“{report}”（期间截至 {period_to}）被退回，请按意见修改后重新报送（期限 {due_on}）。",
        "“{report}” (period until {period_to}) was sent back; read the comment and submit it again (due {due_on}).",
    ),
    _EXAMPLE,
)
DUE_SOON = MessageKind(
    "report.due_soon",
    Both("报告即将到期", "A report is due soon"),
    Both("有一份报告即将到期", "A report is due soon"),
    Both(
        "“{report}”（期间截至 {period_to}）将于 {due_on} 到期，尚未报送。",
        "“{report}” (period until {period_to}) is due on {due_on} and not submitted.",
    ),
    _EXAMPLE,
)
OVERDUE = MessageKind(
    "report.overdue",
    Both("报告已逾期", "A report is overdue"),
    Both("有一份报告已逾期", "A report is overdue"),
    Both(
        "“{report}”（期间截至 {period_to}）已于 {due_on} 到期，尚未报送。",
        "“{report}” (period until {period_to}) was due on {due_on} and is not submitted.",
    ),
    _EXAMPLE,
)
messages.know(OPENED, RETURNED, DUE_SOON, OVERDUE)

REMINDERS = {ReminderKind.AHEAD: DUE_SOON, ReminderKind.OVERDUE: OVERDUE}

_COLLEGES = """
SELECT DISTINCT reader.person_id, report.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('report', version.name, 'period_to', report.period_to::text, 'due_on', report.due_on::text)
        AS figures
FROM reports AS report
JOIN report_type_versions AS version ON version.institution_id = report.institution_id
    AND version.id = report.type_version_id
JOIN memberships AS reader ON reader.institution_id = report.institution_id AND reader.role = 'coordinator'
    AND reader.college_id = report.college_id
JOIN people AS person ON person.id = reader.person_id AND person.disabled_at IS NULL
WHERE report.institution_id = :institution_id AND report.id = ANY(CAST(:report_ids AS uuid[]))
"""


async def tell_colleges(
    session: AsyncSession, kind: MessageKind, *, institution_id: UUID, report_ids: Sequence[UUID]
) -> int:
    """Tell the coordinators of the reports' colleges, and count whom."""
    return await inbox.send(
        session,
        kind,
        institution_id=institution_id,
        object_kind=rules.REPORT_KIND,
        wishes=_COLLEGES,
        values={"report_ids": list(report_ids)},
    )


def standing(report: Report) -> audit.State:
    """Take down what of a report may change."""
    return changes.fields_of(report, "state", "submissions", "is_late")


async def record(
    session: AsyncSession, actor: Actor, deed: str, report: Report, *, before: audit.State, **detail: object
) -> None:
    """Write down a deed on a report."""
    await audit.record(
        session,
        actor,
        deed,
        institution_id=report.institution_id,
        object_kind=rules.REPORT_KIND,
        object_id=report.id,
        detail=detail,
        before=before,
        after=standing(report),
    )
