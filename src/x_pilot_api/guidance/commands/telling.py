"""Telling those concerned what is theirs to do, and reminding owners once of what is due."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db
from x_pilot_api.core.languages import Both
from x_pilot_api.guidance.models import FollowUp, PilotProblem
from x_pilot_api.guidance.rules.consultations import CONSULTATION_KIND
from x_pilot_api.guidance.rules.parties import PARTY_KIND
from x_pilot_api.guidance.rules.problems import PROBLEM_KIND
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

_EXAMPLE = {"title": "考核系统上机时频繁掉线", "due_on": "2026-12-05"}

PROBLEM_ASSIGNED = MessageKind(
    "pilot_problems.assigned",
    Both("问题交我办理", "A problem is mine to solve"),
    Both("有问题交您办理", "A problem is yours to solve"),
    Both("“{title}”交您办理，期限 {due_on}。", "“{title}” is yours to solve, until {due_on}."),
    _EXAMPLE,
)
PROBLEM_RESOLVED = MessageKind(
    "pilot_problems.resolved",
    Both("我提出的问题已办理", "A problem I raised is said to be solved"),
    Both("您提出的问题已办理", "What you raised is said to be solved"),
    Both("“{title}”已办理，请确认是否解决。", "“{title}” is said to be solved; please confirm it or reopen it."),
    {"title": _EXAMPLE["title"]},
)
FOLLOW_UP_GIVEN = MessageKind(
    "follow_ups.given",
    Both("会商后续事项交我办理", "Something agreed in a consultation is mine to do"),
    Both("有会商后续事项交您办理", "Something agreed in a consultation is yours to do"),
    Both("“{title}”交您办理，期限 {due_on}。", "“{title}” is yours to do, until {due_on}."),
    _EXAMPLE,
)
FOLLOW_UP_DONE = MessageKind(
    "follow_ups.done",
    Both("会商后续事项待核查", "Something agreed waits to be checked"),
    Both("会商后续事项已办理，待核查", "Something agreed is done and waits to be checked"),
    Both("“{title}”已办理，请核查。", "“{title}” is done; please check it."),
    {"title": _EXAMPLE["title"]},
)
DUE_TOMORROW = MessageKind(
    "guidance.due_tomorrow",
    Both("问题、后续事项和往来明日到期", "Problems, follow-ups and letters due tomorrow"),
    Both("明日到期", "Due tomorrow"),
    Both("“{title}”的期限是 {due_on}，即明天。", "“{title}” is due on {due_on}, which is tomorrow."),
    _EXAMPLE,
)
OVERDUE = MessageKind(
    "guidance.overdue",
    Both("问题、后续事项和往来已逾期", "Problems, follow-ups and letters overdue"),
    Both("已逾期", "Overdue"),
    Both("“{title}”的期限 {due_on} 已过。", "“{title}” was due on {due_on}."),
    _EXAMPLE,
)
messages.know(PROBLEM_ASSIGNED, PROBLEM_RESOLVED, FOLLOW_UP_GIVEN, FOLLOW_UP_DONE, DUE_TOMORROW, OVERDUE)


async def tell_of_problem(session: AsyncSession, kind: MessageKind, problem: PilotProblem, person_id: UUID) -> None:
    """Tell a person what became of a problem."""
    await inbox.send_to(
        session,
        kind,
        institution_id=problem.institution_id,
        object_kind=PROBLEM_KIND,
        object_id=problem.id,
        person_ids=[person_id],
        figures={"title": problem.title, "due_on": str(problem.due_on)},
    )


async def tell_of_follow_up(session: AsyncSession, kind: MessageKind, follow_up: FollowUp, person_id: UUID) -> None:
    """Tell a person what became of something that was agreed."""
    await inbox.send_to(
        session,
        kind,
        institution_id=follow_up.institution_id,
        object_kind=CONSULTATION_KIND,
        object_id=follow_up.consultation_id,
        person_ids=[person_id],
        figures={"title": follow_up.task, "due_on": str(follow_up.due_on)},
    )


# A letter's answer is owed by whoever recorded it. What has been told once is a row, and is not told again.
_NOTE_DUE = text("""
INSERT INTO guidance_reminders (institution_id, batch_id, kind, object_id, owner_id, due_on, stage)
SELECT :institution_id, :batch_id, due.kind, due.id, due.owner_id, due.due_on,
    CASE WHEN due.due_on < :today THEN 'overdue' ELSE 'tomorrow' END
FROM (
    SELECT 'pilot_problem' AS kind, id, owner_id, due_on FROM pilot_problems
    WHERE institution_id = :institution_id AND state IN ('assigned', 'reopened')
    UNION ALL
    SELECT 'follow_up', id, owner_id, due_on FROM follow_ups
    WHERE institution_id = :institution_id AND state IN ('open', 'reopened')
    UNION ALL
    SELECT 'correspondence', id, recorded_by, answer_due_on FROM correspondence
    WHERE institution_id = :institution_id AND answered_by_id IS NULL AND answer_due_on IS NOT NULL
) AS due
WHERE due.due_on < :today OR due.due_on = :tomorrow
ON CONFLICT ON CONSTRAINT guidance_reminders_once_key DO NOTHING
""")

_WISHES = """
SELECT reminder.owner_id AS person_id, about.object_id,
    jsonb_build_object('title', about.title, 'due_on', reminder.due_on) AS figures,
    CAST(NULL AS timestamptz) AS shown_from
FROM guidance_reminders AS reminder
JOIN people AS person ON person.id = reminder.owner_id AND person.disabled_at IS NULL
JOIN ({about}) AS about ON about.id = reminder.object_id
WHERE reminder.institution_id = :institution_id AND reminder.batch_id = :reminded_in
    AND reminder.kind = '{kind}' AND reminder.stage = '{stage}'
"""

# What the message opens: a problem, the consultation something follows from, the party a letter is from.
_ABOUT = {
    "pilot_problem": (
        PROBLEM_KIND,
        "SELECT id, id AS object_id, title FROM pilot_problems WHERE institution_id = :institution_id",
    ),
    "follow_up": (
        CONSULTATION_KIND,
        "SELECT id, consultation_id AS object_id, task AS title FROM follow_ups WHERE institution_id = :institution_id",
    ),
    "correspondence": (
        PARTY_KIND,
        "SELECT id, party_id AS object_id, subject AS title FROM correspondence WHERE institution_id = :institution_id",
    ),
}


async def remind_owners(session: AsyncSession, *, institution_id: UUID, today: date) -> int:
    """Tell each owner once what is due tomorrow and what is overdue, and tell how many were told."""
    batch_id = uuid4()
    values = {
        "institution_id": institution_id,
        "batch_id": batch_id,
        "today": today,
        "tomorrow": today + timedelta(days=1),
    }
    if not await db.write(session, _NOTE_DUE, values):
        return 0
    told = 0
    for kind, (object_kind, about) in _ABOUT.items():
        for stage, message in (("tomorrow", DUE_TOMORROW), ("overdue", OVERDUE)):
            told += await inbox.send(
                session,
                message,
                institution_id=institution_id,
                object_kind=object_kind,
                wishes=_WISHES.format(about=about, kind=kind, stage=stage),
                values={"reminded_in": batch_id},
            )
    return told
