"""Nothing that was used once is used for itself again, by whatever chain: an independent model says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits.converting import Clerk
from tests.exams.desk import Desk
from tests.sizes import sized
from x_pilot_api.certificates.models import Certificate
from x_pilot_api.core.db import rehearsal
from x_pilot_api.credits.rules import chains
from x_pilot_api.mappings.models import PolicyLimit
from x_pilot_api.registry.models import Course

TODAY = date(2026, 6, 20)
CERTIFICATES = COURSES = 4
EXAMPLES = sized(ci=15, soak=400)


@dataclass(frozen=True)
class Step:
    """One conversion of one student: of a certificate into a course, or of a course into a part of a certificate."""

    student: int
    is_towards: bool
    certificate: int
    course: int


def towards(student: int, certificate: int, course: int) -> Step:
    """Convert a certificate into a course."""
    return Step(student, is_towards=True, certificate=certificate, course=course)


def back(student: int, certificate: int, course: int) -> Step:
    """Convert a course into a part of a certificate."""
    return Step(student, is_towards=False, certificate=certificate, course=course)


_steps = st.lists(
    st.builds(
        Step,
        student=st.integers(0, 1),
        is_towards=st.booleans(),
        certificate=st.integers(0, CERTIFICATES - 1),
        course=st.integers(0, COURSES - 1),
    ),
    min_size=1,
    max_size=14,
)

THERE_AND_BACK = [towards(0, 0, 0), back(0, 0, 0)]
BACK_AND_THERE = [back(0, 0, 0), towards(0, 0, 0)]
AROUND = [towards(0, 0, 0), back(0, 1, 0), towards(0, 1, 1), back(0, 0, 1)]
OF_TWO = [towards(0, 0, 0), back(1, 0, 0)]
SIMILAR = [towards(0, 2, 0), back(0, 3, 0)]


def closes(step: Step, stands: Sequence[Step]) -> bool:
    """Tell in plain sets whether what the step leads to leads back to where it comes from."""

    def ends(each: Step) -> tuple[str, str]:
        # The last two certificates count as similar.
        certificate, course = f"certificate {min(each.certificate, 2)}", f"course {each.course}"
        return (certificate, course) if each.is_towards else (course, certificate)

    goal, reached = ends(step)[0], {ends(step)[1]}
    while True:
        more = {ends(it)[1] for it in stands if it.student == step.student and ends(it)[0] in reached}
        if more <= reached:
            return goal in reached
        reached |= more


@dataclass
class Maze:
    """Certificates and courses to convert among."""

    session: AsyncSession
    institution_id: UUID
    students: list[UUID]
    certificates: list[UUID]
    courses: list[UUID]

    async def closed(self, asked: Sequence[Step], live: Sequence[Step]) -> dict[int, str]:
        """Ask the guard which of the steps would close a chain, and how it spells the chain."""
        query = chains.find_chains(self._rows(asked, "number", None), self._rows(live, "conversion_id", uuid4()))
        found = await self.session.execute(text(query), {"institution_id": self.institution_id, "today": TODAY})
        return {row.number: row.chain for row in found.all()}

    def _rows(self, steps: Sequence[Step], name: str, id_: UUID | None) -> str:
        named = f"'{id_}'::uuid"
        rows = [
            f"({place if id_ is None else named}, '{self.students[it.student]}'::uuid, {it.is_towards},"
            f" '{self.certificates[it.certificate]}'::uuid, '{self.courses[it.course]}'::uuid)"
            for place, it in enumerate(steps)
        ]
        columns = f"{name}, student_id, is_towards, certificate_id, course_id"
        nothing = "NULL::uuid, NULL::uuid, NULL::boolean, NULL::uuid, NULL::uuid"
        nothing = nothing if id_ else nothing.replace("NULL::uuid", "NULL::int", 1)
        values = f"VALUES {', '.join(rows)}" if rows else f"SELECT {nothing} WHERE false"
        return f"SELECT {columns} FROM ({values}) AS row ({columns})"


async def maze(session: AsyncSession, desk: Desk) -> Maze:
    """Lay out certificates, the last two of them similar, and courses."""
    there, organisation = desk.world.schools[0], desk.world.organisations[0]
    made = Maze(session, there.id, there.students[:2], [], [])
    for number in range(CERTIFICATES):
        made.certificates.append(uuid4())
        name = f"证书{number}"
        await session.execute(
            insert(Certificate).values(
                id=made.certificates[-1], organisation_id=organisation.id, name=name, basis="a test"
            )
        )
    for number in range(COURSES):
        made.courses.append(uuid4())
        await session.execute(
            insert(Course).values(
                institution_id=there.id, id=made.courses[-1], programme_id=there.programmes[0], code=f"M{number}",
                name="课程", credit_hundredths=100, hours=16, category="core", is_compulsory=False,
            )
        )  # fmt: skip
    for certificate_id in made.certificates[2:]:
        await session.execute(
            insert(PolicyLimit).values(
                institution_id=there.id, code="highest_level", certificate_id=certificate_id, family="相近",
                document_number="a test", effective_from=date(2025, 1, 1),
            )
        )  # fmt: skip
    return made


async def try_out(desk: Desk, steps: Sequence[Step]) -> None:
    """Let the steps be asked for one by one, and all at once, and hold every answer to the model's."""
    async with (
        desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session,
        rehearsal(session),
    ):
        stands = await maze(session, desk)
        live: list[Step] = []
        for step in steps:
            found = await stands.closed([step], live)
            assert bool(found) == closes(step, live), (step, live)
            if not found:
                live.append(step)
        at_once = await stands.closed(steps, [])
        # Among wishes of one list each counts for those after it, refused or not, since the list is refused whole.
        assert set(at_once) == {place for place, step in enumerate(steps) if closes(step, steps[:place])}


of_the_maze = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@of_the_maze
@given(_steps)
@example(THERE_AND_BACK)
@example(BACK_AND_THERE)
@example(AROUND)
@example(OF_TWO)
@example(SIMILAR)
async def test_no_order_of_conversions_uses_anything_for_itself(desk: Desk, steps: list[Step]) -> None:
    await try_out(desk, steps)


@pytest.mark.parametrize(
    ("said", "spoilt", "steps"),
    [
        ("further.source = walk.node", "false", THERE_AND_BACK),
        ("further.student_id = walk.student_id", "true", OF_TWO),
        ("walk.steps < 16", "walk.steps < 2", AROUND),
        ("WHERE node = goal", "WHERE node <> goal", BACK_AND_THERE),
        ("further.number < walk.number", "false", THERE_AND_BACK),
        ("kin.code = 'highest_level'", "kin.code = 'none'", SIMILAR),
        ("THEN place.family ELSE place.course END AS source", "THEN place.family END AS source", BACK_AND_THERE),
    ],
)  # fmt: skip
async def test_a_spoilt_guard_is_found_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, said: str, spoilt: str, steps: list[Step]
) -> None:
    whole: str = chains._CHAINS  # pyright: ignore[reportPrivateUsage]
    assert said in whole
    monkeypatch.setattr(chains, "_CHAINS", whole.replace(said, spoilt))
    with pytest.raises(AssertionError):
        await try_out(desk, steps)


async def test_a_chain_is_spelt_out_and_a_longer_one_than_can_be_followed_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session,
        rehearsal(session),
    ):
        stands = await maze(session, desk)
        (chain,) = (await stands.closed(AROUND[3:], AROUND[:3])).values()
        assert chain == "M1 课程 → 证书0 → M0 课程 → 证书1 → M1 课程"
        short = chains._CHAINS.replace("16", "2")  # pyright: ignore[reportPrivateUsage]
        monkeypatch.setattr(chains, "_CHAINS", short)
        assert await stands.closed([towards(0, 0, 0)], [back(0, 1, 0)]) != {}


async def test_the_refusal_names_the_chain_and_the_conversions_in_it(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clerk.earn(0, 1)
    (made,) = await clerk.request(await clerk.wish())
    await clerk.pass_course(0, 0)
    mapping_id = await clerk.offset_rule(0, level="1")
    code, says = await clerk.refusal(clerk.offset(mapping_id, 0), path="conversions:offset")
    assert code == "double_use"
    assert "K0 课程0 → 智能财税1 → K0 课程0" in says
    assert made in says
    await clerk.decide("refuse", made, who="coordinator", reason="-")
    await clerk.request_offsets(clerk.offset(mapping_id, 0))
    monkeypatch.setattr("x_pilot_api.credits.rules.using._VERDICT", "CAST(NULL AS text)")
    assert (await clerk.refusal(await clerk.wish()))[0] == "double_use"
