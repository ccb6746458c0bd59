"""Conversions at every step of the chain, and what further ones can be asked for with."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.credits.models import Conversion, ConversionDecision, ConversionPolicy, LearningOutcome
from x_pilot_api.mappings.models import Mapping, MappingCourse, MappingOffset
from x_pilot_api.registry.models import Course, CourseGrade

TIMES = 6
"""How often each deed is tried on what is one's own; elsewhere once is enough."""

CHAIN = ["college", "registrar", "organisation", "bank"]
_KINDS = {
    "college": "requested",
    "refused": "requested",
    "withdrawn": "requested",
    "own_withdrawn": "requested",
    "registrar": "agreed",
    "organisation": "approved",
    "bank": "confirmed",
    "flagged": "granted",
}
# What is asked for at the desk and what in one's own space are other courses: one use does not forbid the other.
_USES = (("course", "U"), ("own_course", "W"))
_OFFSETS = (("offset_course", "V"), ("own_offset_course", "X"))
_AWAITS = {"requested": "college", "agreed": "registrar", "approved": "organisation", "confirmed": "bank"}
FLAGGED_AT = datetime(2026, 6, 1, tzinfo=UTC)


async def lay(session: AsyncSession, world: World, made: Made, place: tuple[int, int, int]) -> None:
    """Let a student have conversions that wait for each step and flagged ones, and further ones to ask for."""
    school, college, organisation = place
    there = world.schools[school]
    await act_within(session, institution_id=there.id)
    who = organisation if college == 0 else 0
    student_id = there.students[who] if college == 0 else made.siblings[school][who]
    found: dict[str, UUID] = {}
    rule_id = made.mappings[*place, "published"]
    outcome = select(LearningOutcome.id).where(
        LearningOutcome.student_id == student_id, LearningOutcome.mapping_id == rule_id
    )
    found["outcome"] = (await session.execute(outcome)).scalar_one()
    # The rule's own course is passed by then; these are not.
    for name, code in _things(_USES, place):
        found[name] = await _course(session, world, place, code)
        session.add(
            MappingCourse(
                institution_id=there.id,
                mapping_id=rule_id,
                course_id=found[name],
                credit_hundredths=100,
                grade=f"良好{mark(_owner(place))}",
            )
        )
    await _offsets(session, world, place, student_id, found)
    await _waiting(session, world, place, student_id, found)
    made.conversions[place] = found
    holder = f"s{school + 1}p{college}n{who}"
    rule = {"offset_rule": _owner(place)} | {name: f"s{school + 1}p{college}" for name in found if "course" in name}
    made.owners |= {id_: rule.get(name, holder) for name, id_ in found.items()}
    if place == (school, 0, 0):
        await _policy(session, world, school)


def _things(kinds: tuple[tuple[str, str], ...], place: tuple[int, int, int]) -> Iterator[tuple[str, str]]:
    """Name the courses of some kinds, each with its code."""
    for name, letter in kinds:
        for number in range(_times(place)):
            yield f"{name}{number}", f"{letter}{place[2]}{number}"


def _times(place: tuple[int, int, int]) -> int:
    return TIMES if place == (0, 0, 0) else 1


def _owner(place: tuple[int, int, int]) -> str:
    school, college, organisation = place
    return f"s{school + 1}p{college}o{organisation + 1}"


async def _course(session: AsyncSession, world: World, place: tuple[int, int, int], code: str) -> UUID:
    school, college, _ = place
    there, course_id, mine = world.schools[school], uuid4(), mark(f"s{school + 1}p{college}")
    session.add(
        Course(
            institution_id=there.id,
            id=course_id,
            programme_id=there.programmes[college],
            code=f"{code}{mine}",
            name=f"课程{mine}",
            credit_hundredths=400,
            hours=64,
            category="core",
            is_compulsory=False,
        )
    )
    await session.flush()
    return course_id


async def _offsets(
    session: AsyncSession, world: World, place: tuple[int, int, int], student_id: UUID, found: dict[str, UUID]
) -> None:
    """Publish a rule by which passed courses offset a part of the level nobody holds."""
    school, college, organisation = place
    there, organised = world.schools[school], world.organisations[organisation]
    found["offset_rule"] = uuid4()
    session.add(
        Mapping(
            institution_id=there.id,
            id=found["offset_rule"],
            programme_id=there.programmes[college],
            certificate_level_id=organised.levels["1"],
            direction="course_to_assessment",
            entry_year_from=2023,
            entry_year_to=2025,
            version=50,
            state="published",
            content_hash="b" * 64,
            college_agreed_hash="b" * 64,
            organisation_agreed_hash="b" * 64,
            filing_number=f"备{mark(_owner(place))}",
            filed_on=date(2025, 8, 1),
            effective_from=date(2025, 9, 1),
        )
    )
    await session.flush()
    key = {"institution_id": there.id, "mapping_id": found["offset_rule"]}
    for name, code in _things(_OFFSETS, place):
        found[name] = course_id = await _course(session, world, place, code)
        session.add(MappingCourse(**key, course_id=course_id, credit_hundredths=400, grade=f"良{mark(_owner(place))}"))
        await session.flush()
        session.add(
            MappingOffset(
                **key, course_id=course_id, component_code="theory", share_percent=8, counts_as_percent=60,
                scheme_id=organised.schemes["1"],
            )
        )  # fmt: skip
        await session.execute(
            insert(CourseGrade).values(
                institution_id=there.id, student_id=student_id, course_id=course_id, term="2024-2025-01", attempt=1,
                revision=1, grade_word=f"良{mark(_owner(place))}", passed=True,
            )
        )  # fmt: skip


async def _waiting(
    session: AsyncSession, world: World, place: tuple[int, int, int], student_id: UUID, found: dict[str, UUID]
) -> None:
    school, _, organisation = place
    there, mine = world.schools[school], mark(_owner(place))
    conversions: list[Conversion] = []
    for kind, state in _KINDS.items():
        for number in range(_times(place)):
            conversion_id = found[f"{kind}{number}"] = uuid4()
            is_flagged = kind == "flagged"
            conversions.append(
                Conversion(
                    institution_id=there.id,
                    id=conversion_id,
                    direction="course_to_assessment",
                    student_id=student_id,
                    certificate_level_id=world.organisations[organisation].levels["1"],
                    mapping_id=found["offset_rule"],
                    steps=CHAIN,
                    policy_version=0,
                    state=state,
                    awaits=_AWAITS.get(state),
                    granted_on=date(2026, 5, 1) if is_flagged else None,
                    flagged_at=FLAGGED_AT if is_flagged else None,
                    flag_reason=f"因{mine}" if is_flagged else None,
                    requested_by=student_id,
                )
            )
    session.add_all(conversions)
    await session.flush()
    session.add_all(
        ConversionDecision(
            institution_id=there.id,
            conversion_id=conversion.id,
            deed="request",
            state="requested",
            decided_by=student_id,
            document_number=f"文{mine}",
            reason=f"因{mine}",
        )
        for conversion in conversions
    )
    await session.flush()


async def _policy(session: AsyncSession, world: World, school: int) -> None:
    session.add(
        ConversionPolicy(
            institution_id=world.schools[school].id,
            version=1,
            steps=CHAIN,
            on_loss="flag",
            document_number=f"文{mark(f's{school + 1}')}",
            effective_from=date(2026, 1, 1),
            loaded_by=world.callers["registrar"].id,
        )
    )
    await session.flush()
