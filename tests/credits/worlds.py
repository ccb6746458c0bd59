"""Random small worlds of rules, limits, accounts and certificates: laid in the database, and reckoned by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams import conditions
from tests.exams.desk import SYSTEM
from tests.mappings import make
from tests.world import World
from x_pilot_api.awards.models import Award
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import commands
from x_pilot_api.credits.schemas import CohortIn
from x_pilot_api.registry.models import Student

DAYS = (date(2025, 10, 1), date(2025, 12, 1), date(2026, 2, 1), date(2026, 4, 1))
"""The days on which something is earned; a rule holds from one of them to the next."""
LATER = datetime(2099, 1, 1, tzinfo=UTC)
Series = tuple[int, str]
"""An organisation's certificate, and its level."""
Held = tuple[int, int, str]
"""A student, an organisation's certificate, and its level."""


@dataclass(frozen=True)
class Setting:
    """One world: hundredths each series gives day by day, limits, who has what since when, whose account is open."""

    rules: Mapping[Series, tuple[int | None, ...]]
    general_limit: int | None
    level_limit: int | None
    bank_limit: int | None
    awards: Mapping[Held, int]
    pending: frozenset[Held]
    open_accounts: frozenset[int]
    order: tuple[Held, ...]


SERIES: tuple[Series, ...] = tuple((organisation, level) for organisation in range(2) for level in ("1", "2"))
_credits = st.none() | st.integers(1, 8).map(lambda halves: 50 * halves)
_limits = st.none() | st.integers(0, 8).map(lambda halves: 50 * halves)
_series = st.tuples(*(_credits for _ in DAYS))
_held = st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from(["1", "2"]))


@st.composite
def settings(draw: st.DrawFn) -> Setting:
    """Draw a world."""
    awards = draw(st.dictionaries(_held, st.integers(0, len(DAYS) - 1), min_size=1, max_size=8))
    held = sorted(awards)
    return Setting(
        rules={series: draw(_series) for series in SERIES},
        general_limit=draw(_limits),
        level_limit=draw(_limits),
        bank_limit=draw(_limits),
        awards=awards,
        pending=draw(st.frozensets(st.sampled_from(held))),
        open_accounts=draw(st.frozensets(st.integers(0, 2))),
        order=tuple(draw(st.permutations(held))),
    )


def with_rule(setting: Setting, series: Series, days: range, credit: int) -> Setting:
    """Put a rule in force on some days, in the place of what is in force then."""
    gives = tuple(credit if day in days else given for day, given in enumerate(setting.rules[series]))
    return replace(setting, rules={**setting.rules, series: gives})


def reckon(setting: Setting) -> dict[Held, int]:
    """Tell in the plainest way what each certificate brings."""
    weighed = {held: _weigh(setting, held, day) for held, day in setting.awards.items()}
    return {
        (student, organisation, level): 0
        if level == "1" and weighed.get((student, organisation, "2"))
        else weighed[student, organisation, level]
        for student, organisation, level in weighed
    }


def _weigh(setting: Setting, held: Held, day: int) -> int:
    student, organisation, level = held
    given = setting.rules[organisation, level][day]
    if student not in setting.open_accounts or given is None:
        return 0
    own = setting.level_limit if (organisation, level) == (0, "2") else None
    per_certificate = setting.general_limit if own is None else own
    return min(found for found in (given, per_certificate, setting.bank_limit) if found is not None)


async def lay(session: AsyncSession, world: World, setting: Setting, actor: Actor) -> dict[Held, UUID]:
    """Write a world down and let everything in it be posted, in its order; tell the certificates' ids."""
    for (organisation, level), gives in setting.rules.items():
        for day, credit in enumerate(gives):
            if credit is not None:
                await conditions.rule(
                    session,
                    world,
                    level=level,
                    organisation=organisation,
                    credit=credit,
                    version=day + 1,
                    effective_from=DAYS[day],
                    effective_to=DAYS[day + 1] if day + 1 < len(DAYS) else None,
                )
    for code, level, credit in (
        ("per_certificate", None, setting.general_limit),
        ("per_certificate", "2", setting.level_limit),
        ("credit_bank", None, setting.bank_limit),
    ):
        if credit is not None:
            await conditions.limit(session, world, code=code, level=level, credit=credit)
    school = world.schools[0]
    if setting.open_accounts:
        cohort = CohortIn(student_ids=[school.students[index] for index in sorted(setting.open_accounts)])
        await commands.open_accounts(session, actor, institution_id=school.id, cohort=cohort)
    ids = {held: await _award(session, world, held, DAYS[day]) for held, day in setting.awards.items()}
    for held in setting.order:
        await recognise(session, school.id, ids[held], due_at=LATER if held in setting.pending else None)
    return ids


async def _award(session: AsyncSession, world: World, held: Held, day: date) -> UUID:
    student_id = world.schools[0].students[held[0]]
    student = await session.get_one(Student, (world.schools[0].id, student_id))
    award = Award(
        institution_id=world.schools[0].id,
        id=uuid4(),
        identity_document_id=student.identity_document_id,
        student_id=student_id,
        holder_name=student.name,
        certificate_level_id=world.organisations[held[1]].levels[held[2]],
        number=uuid4().hex,
        verification_code=uuid4().hex,
        issued_on=day,
    )
    session.add(award)
    await session.flush()
    return award.id


async def recognise(session: AsyncSession, institution_id: UUID, award_id: UUID, *, due_at: datetime | None) -> None:
    """Recognise one certificate as a push does."""
    due = f"'{due_at.isoformat()}'" if due_at else "NULL"
    wishes = f"""
        SELECT uuidv7() AS outcome_id, student_id, id AS award_id, certificate_level_id, issued_on AS earned_on,
            CAST({due} AS timestamptz) AS due_at, 0 AS deposits FROM awards WHERE id = '{award_id}'
    """
    await commands.recognise_awards(session, SYSTEM, institution_id=institution_id, wishes=wishes, cause=uuid4())


_BOOK = text("""
SELECT outcome.award_id, coalesce(sum(CASE
    WHEN moved.phase = 'void' OR moved.debit_seq IS NOT NULL THEN -moved.amount ELSE moved.amount END), 0) AS net
FROM learning_outcomes AS outcome
LEFT JOIN journal_entries AS entry ON entry.institution_id = outcome.institution_id AND entry.source_id = outcome.id
LEFT JOIN transfers AS moved ON moved.institution_id = entry.institution_id AND moved.entry_id = entry.id
    AND moved.phase <> 'post'
WHERE outcome.award_id = ANY(CAST(:award_ids AS uuid[]))
GROUP BY outcome.award_id
""")


async def posted(session: AsyncSession, ids: Mapping[Held, UUID]) -> dict[Held, int]:
    """Add up from the book alone what each certificate brought, pending credits too."""
    found = {row.award_id: int(row.net) for row in await session.execute(_BOOK, {"award_ids": list(ids.values())})}
    return {held: found[award_id] for held, award_id in ids.items()}


async def registrar(session: AsyncSession, world: World) -> Actor:
    """Find the office's registrar."""
    return await make.actor_of(session, world, "registrar")


def without(setting: Setting, held: Held) -> Setting:
    """Take a certificate out of a world."""
    return replace(setting, awards={other: day for other, day in setting.awards.items() if other != held})


def most(setting: Setting, held: Held) -> int:
    """Tell the most that a certificate may bring by the limits."""
    own = setting.level_limit if held[1:] == (0, "2") else None
    limits = (setting.general_limit if own is None else own, setting.bank_limit)
    return min((limit for limit in limits if limit is not None), default=10_000)
