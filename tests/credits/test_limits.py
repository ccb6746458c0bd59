"""No order of uses or deposits exceeds a limit or replaces a course twice, and both ways of judging say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits import worlds
from tests.credits.worlds import Setting
from tests.exams.desk import SYSTEM, Desk
from tests.sizes import sized
from tests.world import World
from x_pilot_api.core.db import rehearsal
from x_pilot_api.core.errors import AppError
from x_pilot_api.credits import commands, rules
from x_pilot_api.credits.rules import using
from x_pilot_api.mappings.models import PolicyLimit
from x_pilot_api.mappings.rules import Use, check_use
from x_pilot_api.registry.models import CourseGrade, TrainingPlan

TODAY = date(2026, 6, 20)
GRADUATION = 2_000
EXAMPLES = sized(ci=10, soak=300)


@dataclass(frozen=True)
class Wish:
    """One student's wish: which series' credits, for which course, how many hundredths."""

    student: int
    organisation: int
    level: str
    course: int
    credit: int


Limit = tuple[str, str | None, int | None, bool]
"""A code, a level of the first certificate if it is about one, a figure, whether it is waived."""

PUBLISHED: tuple[Limit, ...] = (("per_certificate", None, 800, False), ("share_of_graduation", None, 50, False))
"""Limits that real colleges publish: 8 credits a certificate, 50 % of the graduation credits."""

_wishes = st.lists(
    st.builds(
        Wish,
        student=st.integers(0, 1),
        organisation=st.integers(0, 1),
        level=st.sampled_from(["1", "2"]),
        course=st.integers(0, 3),
        credit=st.integers(1, 12).map(lambda halves: 50 * halves),
    ),
    min_size=1,
    max_size=8,
)
_figure = st.integers(0, 16).map(lambda halves: 50 * halves)
_limit = st.one_of(
    st.tuples(
        st.sampled_from(["per_certificate", "credit_bank"]), st.sampled_from([None, "2"]), _figure, st.just(value=False)
    ),
    st.tuples(st.just("per_certificate"), st.just("2"), st.none(), st.just(value=True)),
    st.tuples(st.just("share_of_graduation"), st.none(), st.integers(0, 100), st.just(value=False)),
    st.tuples(
        st.sampled_from(["one_certificate_per_course", "replaced_once", "not_passed"]),
        st.none(),
        st.none(),
        st.booleans(),
    ),
)
_loaded = st.lists(_limit, max_size=5, unique_by=lambda limit: limit[:2]).map(tuple)


@dataclass
class Register:
    """What stands in the institution: limits, a training plan or none, a course passed, and the uses granted so far."""

    session: AsyncSession
    world: World
    limits: Sequence[PolicyLimit]
    graduation: int | None
    done: list[tuple[Wish, Use]]

    def use(self, wish: Wish) -> Use:
        """Put a wish as the rule for one takes it; the first student has passed the first course."""
        return Use(
            certificate_id=self.world.organisations[wish.organisation].certificate_id,
            course_id=self.course_id(wish),
            credit_hundredths=wish.credit,
            is_passed=(wish.student, wish.course) == (0, 0),
        )

    def course_id(self, wish: Wish) -> UUID:
        """Find a wish's course among those of both programmes."""
        return [course for courses in self.world.schools[0].courses for course in courses][wish.course]

    def level_id(self, wish: Wish) -> UUID:
        """Find a wish's level."""
        return self.world.organisations[wish.organisation].levels[wish.level]

    def judge_alone(self, wish: Wish) -> str | None:
        """Judge one wish by the rule for one."""
        level_id = self.level_id(wish)
        limits = [limit for limit in self.limits if limit.certificate_level_id in {None, level_id}]
        done = [use for other, use in self.done if other.student == wish.student]
        try:
            check_use(self.use(wish), done, limits, graduation_credit_hundredths=self.graduation)
        except AppError as refusal:
            return refusal.code
        return None

    async def judge(self, wishes: Sequence[Wish]) -> list[str | None]:
        """Judge wishes by the query for many."""
        asked = _rows(
            f"({number}, '{self._student(wish)}', '{self.level_id(wish)}', '{self.course_id(wish)}', {wish.credit})"
            for number, wish in enumerate(wishes)
        )
        done = _rows(
            f"('{self._student(wish)}', '{use.certificate_id}', '{use.course_id}', {use.credit_hundredths})"
            for wish, use in self.done
        )
        nobody = "(NULL, NULL, NULL, NULL)"
        query = rules.judge_uses(
            "SELECT number, student_id::uuid, certificate_level_id::uuid, course_id::uuid, credit"
            f" FROM (VALUES {asked}) AS row (number, student_id, certificate_level_id, course_id, credit)",
            "SELECT student_id::uuid, certificate_id::uuid, course_id::uuid, credit::bigint"
            f" FROM (VALUES {done or nobody}) AS row (student_id, certificate_id, course_id, credit)",
        )
        values = {"institution_id": self.world.schools[0].id, "today": TODAY}
        return [row.code for row in await self.session.execute(text(query), values)]

    def _student(self, wish: Wish) -> UUID:
        return self.world.schools[0].students[wish.student]

    def grant(self, wish: Wish) -> None:
        """Let a wish be granted."""
        self.done.append((wish, self.use(wish)))

    def hold(self) -> None:
        """See that nothing granted breaks the published limits."""
        for student in range(2):
            uses = [use for wish, use in self.done if wish.student == student]
            courses = [use.course_id for use in uses]
            assert len(courses) == len(set(courses)), "a course is replaced twice"
            for certificate_id in {use.certificate_id for use in uses}:
                brought = sum(use.credit_hundredths for use in uses if use.certificate_id == certificate_id)
                assert brought <= 800, "more than 8 credits of one certificate"
            assert sum(use.credit_hundredths for use in uses) * 2 <= GRADUATION, "more than half of the diploma"
            assert not any(use.is_passed for use in uses)


def _rows(rows: Iterable[str]) -> str:
    return ", ".join(rows)


async def register(
    session: AsyncSession, world: World, limits: Sequence[Limit], *, graduation: int | None = GRADUATION
) -> Register:
    """Load limits, put a training plan in force, and let the first student have passed the first course."""
    school = world.schools[0]
    loaded = [
        PolicyLimit(
            institution_id=school.id,
            code=code,
            certificate_level_id=world.organisations[0].levels[level] if level else None,
            is_waived=is_waived,
            credit_hundredths=figure if code in {"per_certificate", "credit_bank"} else None,
            percent=figure if code == "share_of_graduation" else None,
            document_number="a test",
            effective_from=date(2025, 1, 1),
        )
        for code, level, figure, is_waived in limits
    ]
    session.add_all(loaded)
    if graduation is not None:
        session.add(
            TrainingPlan(
                institution_id=school.id,
                programme_id=school.programmes[0],
                entry_year=2024,
                version=1,
                state="in_force",
                graduation_credit_hundredths=graduation,
                in_force_at=datetime(2024, 9, 1, tzinfo=UTC),
            )
        )
    await session.flush()
    await session.execute(
        insert(CourseGrade).values(
            institution_id=school.id,
            student_id=school.students[0],
            course_id=school.courses[0][0],
            term="2024-2025-01",
            attempt=1,
            revision=1,
            grade_word="良好",
            passed=True,
        )
    )
    return Register(session, world, loaded, graduation, [])


async def use_one_by_one(desk: Desk, limits: Sequence[Limit], wishes: Sequence[Wish], graduation: int | None) -> None:
    """Grant what may be granted, wish by wish; both ways of judging must say the same of each."""
    async with (
        desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session,
        rehearsal(session),
    ):
        stands = await register(session, desk.world, limits, graduation=graduation)
        for wish in wishes:
            (code,) = await stands.judge([wish])
            assert code == stands.judge_alone(wish), wish
            if code is None:
                stands.grant(wish)
            if limits == PUBLISHED:
                stands.hold()


async def use_at_once(desk: Desk, wishes: Sequence[Wish]) -> None:
    """Grant of wishes judged together what may be granted."""
    async with (
        desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session,
        rehearsal(session),
    ):
        stands = await register(session, desk.world, PUBLISHED)
        for wish, code in zip(wishes, await stands.judge(wishes), strict=True):
            if code is None:
                stands.grant(wish)
        stands.hold()


TWICE = [Wish(1, 0, "2", 1, 100), Wish(1, 1, "2", 1, 100)]
TOO_MANY = [Wish(1, 0, "1", 0, 500), Wish(1, 0, "2", 1, 300), Wish(1, 0, "2", 2, 50)]
TOO_LARGE_A_SHARE = [Wish(1, 0, "2", 0, 600), Wish(1, 1, "2", 1, 400), Wish(1, 1, "1", 2, 50)]
PASSED = [Wish(0, 0, "2", 0, 100)]
of_the_published = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@of_the_published
@given(_wishes)
@example(TWICE)
@example(TOO_MANY)
@example(TOO_LARGE_A_SHARE)
@example(PASSED)
async def test_no_order_of_uses_breaks_the_published_limits(desk: Desk, wishes: list[Wish]) -> None:
    await use_one_by_one(desk, PUBLISHED, wishes, GRADUATION)
    await use_at_once(desk, wishes)


@of_the_published
@given(_loaded, _wishes, st.sampled_from([None, 500, GRADUATION]))
async def test_under_whatever_limits_one_and_many_are_judged_alike(
    desk: Desk, limits: tuple[Limit, ...], wishes: list[Wish], graduation: int | None
) -> None:
    await use_one_by_one(desk, limits, wishes, graduation)


@pytest.mark.parametrize(
    ("part", "said", "spoilt", "wishes"),
    [
        ("_JUDGED", "earlier.number < asked.number", "false", TWICE),
        ("_VERDICT", "replaced > 0", "replaced > 1", [TWICE[0], TWICE[0]]),
        ("_VERDICT", "of_certificate + credit > most", "credit > most", TOO_MANY),
        ("_VERDICT", "of_student + credit > graduation", "credit > graduation", TOO_LARGE_A_SHARE),
        ("_VERDICT", "is_passed AND", "NOT is_passed AND", PASSED),
        ("_PASSED", "AND grade.passed", "AND NOT grade.passed", PASSED),
    ],
)
async def test_a_spoilt_judgement_is_found_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str, said: str, spoilt: str, wishes: list[Wish]
) -> None:
    whole: str = getattr(using, part)
    assert said in whole
    monkeypatch.setattr(using, part, whole.replace(said, spoilt))
    with pytest.raises(AssertionError):
        await use_at_once(desk, wishes)


@of_the_published
@given(worlds.settings(), st.data())
async def test_no_order_of_deposits_and_losses_exceeds_a_limit(
    desk: Desk, setting: Setting, data: st.DataObject
) -> None:
    lost = data.draw(st.permutations(sorted(setting.awards)))
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        actor = await worlds.registrar(session, desk.world)
        async with rehearsal(session):
            ids = await worlds.lay(session, desk.world, setting, actor)
            kept = setting
            for held in lost:
                await commands.withdraw_awards(
                    session,
                    SYSTEM,
                    institution_id=desk.world.schools[0].id,
                    awards=f"SELECT CAST('{ids[held]}' AS uuid)",
                    cause=uuid4(),
                )
                kept = worlds.without(kept, held)
                stands = await worlds.posted(session, ids)
                assert stands.pop(held) == 0
                assert {at: credit for at, credit in stands.items() if at in kept.awards} == worlds.reckon(kept)
                assert all(credit <= worlds.most(setting, at) for at, credit in stands.items())
        session.expunge_all()
