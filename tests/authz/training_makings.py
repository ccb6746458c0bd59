"""Teacher training on the ground: a requirement, projects in each state, and one teacher's part in them a college."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.registry.models import Teacher
from x_pilot_api.training.models import (
    OutsideTraining,
    TeacherCertificate,
    TrainingCompletion,
    TrainingCycle,
    TrainingEnrolment,
    TrainingProject,
    TrainingRequirement,
    TrainingReversal,
)

PROJECTS = ("draft", "open", "coming", "held", "over", "empty")
_BEGINS, _ENDS = date(2024, 1, 1), date(2028, 12, 31)


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Give each institution its projects, and each college's second teacher a cycle and a part in most of them."""
    for serial, there in enumerate(world.schools):
        own = f"s{serial + 1}"
        session.add(
            TrainingRequirement(
                institution_id=there.id,
                version=1,
                total_hours=60,
                module_hours=24,
                document_number=mark(own),
                effective_from=date(2000, 1, 1),
                loaded_by=uuid4(),
            )
        )
        await session.flush()
        projects = {state: _project(session, there.id, state, own) for state in PROJECTS}
        await session.flush()
        made.owners |= dict.fromkeys(projects.values(), own)
        for college in range(2):
            owner = f"{own}p{college}n8"
            teacher_id = await _teacher(session, there.id, mark(owner))
            found = await _part(session, there.id, teacher_id, owner, projects, number=college + 1)
            made.owners |= dict.fromkeys(found.values(), owner)
            made.training[serial, college] = found | projects | {"teacher": teacher_id}


async def _teacher(session: AsyncSession, institution_id: UUID, staff_number: str) -> UUID:
    named = (Teacher.institution_id == institution_id, Teacher.staff_number == staff_number)
    return (await session.scalars(select(Teacher.id).where(*named))).one()


def _project(session: AsyncSession, institution_id: UUID, kind: str, owner: str) -> UUID:
    project_id, today = uuid4(), clock.now().date()
    is_past = kind in {"held", "over", "empty"}
    starts_on = today + timedelta(days=-20 if is_past else 60)
    taken = 2 if kind in {"coming", "held", "over"} else 0
    session.add(
        TrainingProject(
            institution_id=institution_id,
            id=project_id,
            title=f"培训{mark(owner)}",
            origin="institution",
            scheme=f"方案{mark(owner)}",
            mode="blended",
            venue=f"地点{mark(owner)}",
            document_number=mark(owner),
            hours=24,
            is_x_module=True,
            places=10,
            taken=taken,
            lined_up=taken,
            enrols_until=starts_on - timedelta(days=5),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=2),
            state="draft" if kind == "draft" else "published",
            drafted_by=uuid4(),
        )
    )
    return project_id


async def _part(
    session: AsyncSession,
    institution_id: UUID,
    teacher_id: UUID,
    owner: str,
    projects: dict[str, UUID],
    *,
    number: int,
) -> dict[str, UUID]:
    key = {"institution_id": institution_id, "teacher_id": teacher_id}
    cycle = TrainingCycle(**key, id=uuid4(), begins_on=_BEGINS, ends_on=_ENDS, opened_by=uuid4())
    enrolments, outside = _enrolments(key, projects, number=number), _outside(key, owner)
    certificate = TeacherCertificate(
        **key,
        id=uuid4(),
        name=f"证书{mark(owner)}",
        issuer=f"机构{mark(owner)}",
        certificate_number=mark(owner),
        issued_on=date(2021, 5, 10),
        recorded_by=uuid4(),
    )
    session.add_all([cycle, *enrolments.values(), *outside.values(), certificate])
    await session.flush()
    completions = await _completions(session, key, owner, enrolments["over_enrolment"], outside["reversed"])
    return {
        "cycle": cycle.id,
        **{name: enrolment.id for name, enrolment in enrolments.items()},
        "outside": outside["recorded"].id,
        "certificate": certificate.id,
        "completion": completions[0],
    }


def _enrolments(key: dict[str, UUID], projects: dict[str, UUID], *, number: int) -> dict[str, TrainingEnrolment]:
    return {
        f"{kind}_enrolment": TrainingEnrolment(
            **key,
            id=uuid4(),
            project_id=projects[kind],
            number=number,
            state="concluded" if kind == "over" else "enrolled",
            hours_attended=24 if kind == "over" else None,
            result="passed" if kind == "over" else None,
            conclusions=1 if kind == "over" else 0,
            enrolled_by=uuid4(),
        )
        for kind in ("coming", "held", "over")
    }


def _outside(key: dict[str, UUID], owner: str) -> dict[str, OutsideTraining]:
    return {
        state: OutsideTraining(
            **key,
            id=uuid4(),
            title=f"培训{mark(owner)}",
            organiser=f"基地{mark(owner)}",
            origin="national",
            hours=40,
            is_x_module=True,
            completed_on=date(2025, 8, 20),
            document_number=f"{state}{mark(owner)}",
            state=state,
            remark=f"意见{mark(owner)}",
            recorded_by=uuid4(),
            decided_by=None if state == "recorded" else uuid4(),
        )
        for state in ("recorded", "reversed")
    }


async def _completions(
    session: AsyncSession, key: dict[str, UUID], owner: str, over: TrainingEnrolment, elsewhere: OutsideTraining
) -> list[UUID]:
    """Let one count, and let the other have been taken back."""
    said = {"title": f"培训{mark(owner)}", "is_x_module": True, "completed_on": date(2025, 8, 20), "attempt": 1}
    counts = TrainingCompletion(**key, **said, id=uuid4(), enrolment_id=over.id, hours=24, recorded_by=uuid4())
    taken_back = TrainingCompletion(
        **key, **said, id=uuid4(), outside_training_id=elsewhere.id, hours=40, recorded_by=uuid4()
    )
    session.add_all([counts, taken_back])
    await session.flush()
    session.add(
        TrainingReversal(
            institution_id=key["institution_id"],
            completion_id=taken_back.id,
            reason=f"原因{mark(owner)}",
            reversed_by=uuid4(),
        )
    )
    await session.flush()
    return [counts.id, taken_back.id]
