"""Types of report and reports in each state on the ground, and records of the feed."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.awards.models import Award
from x_pilot_api.reports.models import (
    FeedDrop,
    FeedRecord,
    Report,
    ReportDecision,
    ReportFigure,
    ReportNarrative,
    ReportSubmission,
    ReportType,
    ReportTypeVersion,
)

FIGURE = "pass_rate"
SECTION = "exams"
_CLOSED = datetime(2026, 7, 1, tzinfo=UTC)
_STATES = ("draft", "submitted", "accepted")


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Give each institution an active and a retired type, and each college a report in each state."""
    for school, there in enumerate(world.schools):
        owner = f"s{school + 1}"
        types = {
            state: await _type(session, made, institution_id=there.id, state=state, owner=owner)
            for state in ("active", "retired")
        }
        for college in range(2):
            whose = f"{owner}p{college}q"
            found = made.reports[school, college] = {state: type_id for state, (type_id, _) in types.items()}
            for number, state in enumerate(_STATES, start=1):
                report = Report(
                    institution_id=there.id,
                    id=uuid4(),
                    report_type_id=types["active"][0],
                    type_version_id=types["active"][1],
                    college_id=there.colleges[college],
                    period_from=date(2026, number, 1),
                    period_to=date(2026, number, 28),
                    closes_at=_CLOSED,
                    due_on=date(2026, 7, 5),
                    state=state,
                    submissions=0 if state == "draft" else 1,
                    submitted_by=None if state == "draft" else uuid4(),
                    is_late=None if state == "draft" else False,
                    comment=f"意见{mark(whose)}",
                )
                await _report(session, report, whose)
                found[f"{state}_report"] = report.id
                made.owners[report.id] = whose


async def _type(
    session: AsyncSession, made: Made, *, institution_id: UUID, state: str, owner: str
) -> tuple[UUID, UUID]:
    type_id, version_id = uuid4(), uuid4()
    session.add(
        ReportType(institution_id=institution_id, id=type_id, code=state, cadence="monthly", state=state, versions=1)
    )
    await session.flush()
    section = {
        "code": SECTION,
        "title": "考核",
        "guidance": None,
        "needs_narrative": True,
        "indicators": [FIGURE],
    }
    session.add(
        ReportTypeVersion(
            institution_id=institution_id,
            id=version_id,
            report_type_id=type_id,
            number=1,
            name=f"月报{mark(owner)}",
            basis=f"教{mark(owner)}",
            due_days=5,
            remind_days=3,
            sections=[section],
            defined_by=uuid4(),
        )
    )
    await session.flush()
    made.owners[type_id] = owner
    return type_id, version_id


async def _report(session: AsyncSession, report: Report, owner: str) -> None:
    session.add(report)
    await session.flush()
    there = {"institution_id": report.institution_id, "report_id": report.id}
    session.add(ReportNarrative(**there, section_code=SECTION, body=f"文字{mark(owner)}"))
    if report.submissions:
        submission_id = uuid4()
        session.add(
            ReportSubmission(
                **there,
                id=submission_id,
                number=1,
                as_of=_CLOSED,
                is_late=False,
                narratives={SECTION: mark(owner)},
                submitted_by=uuid4(),
            )
        )
        await session.flush()
        session.add(
            ReportFigure(
                institution_id=report.institution_id,
                submission_id=submission_id,
                code=FIGURE,
                version=1,
                numerator=1,
                denominator=2,
            )
        )
        session.add(
            ReportDecision(**there, submission=1, state="returned", comment=f"意见{mark(owner)}", decided_by=uuid4())
        )
    await session.flush()


async def feed(session: AsyncSession, world: World, made: Made) -> None:
    """Tell the outside platform of a certificate of each institution; each college knows its record."""
    for school, there in enumerate(world.schools):
        owner, drop_id, record_id = f"s{school + 1}", uuid4(), uuid4()
        issued = select(Award.id).where(Award.institution_id == there.id).order_by(Award.id).limit(1)
        session.add(
            FeedDrop(institution_id=there.id, id=drop_id, file_name=f"{drop_id}{mark(owner)}.ndjson", records=1)
        )
        await session.flush()
        session.add(
            FeedRecord(
                institution_id=there.id,
                id=record_id,
                award_id=(await session.scalars(issued)).one(),
                revision=1,
                content_hash="0",
                state="sent",
                drop_id=drop_id,
                message=f"平台{mark(owner)}",
            )
        )
        await session.flush()
        made.owners[record_id] = owner
        for college in range(2):
            made.reports[school, college]["record"] = record_id
