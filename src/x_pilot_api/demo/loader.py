"""Loading the demonstration: the catalogue and the register as an import would, the rest by the areas' own deeds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import (
    Admission,
    AssessmentComponent,
    AssessmentScheme,
    Certificate,
    CertificateLevel,
)
from x_pilot_api.core.db import Base
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.credits import commands as credits_
from x_pilot_api.credits.schemas import CohortIn
from x_pilot_api.demo.ahead import load_ahead
from x_pilot_api.demo.answering import load_answering
from x_pilot_api.demo.catalogue import MAIN_PLAN
from x_pilot_api.demo.coming import load_coming
from x_pilot_api.demo.costs import load_costs
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.fees import load_fees
from x_pilot_api.demo.guidance import load_guidance
from x_pilot_api.demo.joint import load_joint
from x_pilot_api.demo.keys import Keys
from x_pilot_api.demo.offsets import load_offsets
from x_pilot_api.demo.participations import load_participations
from x_pilot_api.demo.people import load_people
from x_pilot_api.demo.policies import load_rules
from x_pilot_api.demo.publications import load_publications
from x_pilot_api.demo.qualifications import load_qualifications
from x_pilot_api.demo.settling import grant_attempts, lock_and_charge
from x_pilot_api.demo.social import load_social
from x_pilot_api.demo.teaching import teaching
from x_pilot_api.demo.training import load_training
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import ExamPlanIn, RegistrationWish
from x_pilot_api.identity.models import Institution, Organisation, Role
from x_pilot_api.registry import commands as registry
from x_pilot_api.registry.models import College, Course, Programme
from x_pilot_api.registry.schemas.rows import StudentRow

TIMEZONE = "Asia/Shanghai"
_ADMITTED_ON = date(2025, 9, 1)
_ROWS_AT_ONCE = 2_000


async def is_loaded(session: AsyncSession, facts: Dataset) -> bool:
    """Tell whether the demonstration institution is there already."""
    statement = select(Institution.id).where(Institution.code == facts.institution.code)
    return (await session.scalars(statement)).one_or_none() is not None


async def is_used(session: AsyncSession) -> bool:
    """Tell whether some institution is there."""
    return (await session.scalars(select(Institution.id).limit(1))).one_or_none() is not None


async def load(
    session: AsyncSession, facts: Dataset, *, sealer: Sealer, password: str, secret: str, today: date
) -> "Admissions":
    """Load everything in the caller's one transaction, so that an interrupted load leaves nothing."""
    keys = Keys(institution_id=uuid4())
    await act_within(session, institution_id=keys.institution_id)
    await _catalogue(session, facts, keys)
    await _register(session, facts, keys, sealer)
    await load_people(session, facts, keys, password=password, secret=secret)
    await load_rules(session, facts, keys)
    await load_fees(session, facts, keys)
    await load_costs(session, keys)
    await _accounts(session, facts, keys)
    await load_participations(session, facts, keys, today=_ADMITTED_ON)
    await grant_attempts(session, keys)
    admission_numbers = await _plans(session, facts, keys)
    await _exits(session, facts, keys)
    await load_coming(session, facts, keys, today=today)
    await load_guidance(session, facts, keys, today=today)
    await load_publications(session, keys, today=today)
    await load_answering(session, facts, keys, today=today)
    await load_training(session, facts, keys, today=today)
    await load_qualifications(session, keys, today=today)
    await load_social(session, facts, keys, sealer=sealer, today=today)
    await load_joint(session, facts, keys)
    await load_offsets(session, facts, keys, today=today)
    await load_ahead(session, facts, keys, sealer=sealer, today=today)
    return admission_numbers


Admissions = dict[tuple[str, str], str]
"""Admission number by plan code and student number."""


async def _add(session: AsyncSession, model: type[Base], rows: Iterable[Mapping[str, object]]) -> None:
    waiting = list(rows)
    for start in range(0, len(waiting), _ROWS_AT_ONCE):
        await session.execute(insert(model), waiting[start : start + _ROWS_AT_ONCE])


async def _catalogue(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Put the public catalogue in: organisations, certificates, levels, and the pilot's assessment schemes."""
    entries = facts.catalogue_entries
    keys.organisations = {name: uuid4() for name in dict.fromkeys(entry.organisation for entry in entries)}
    keys.certificates = {entry.name: uuid4() for entry in entries}
    keys.levels = {(entry.name, level): uuid4() for entry in entries for level in entry.levels}
    for pilot in facts.pilot_certificates:
        keys.levels.setdefault((pilot.certificate_name, pilot.level), uuid4())
    await _add(session, Organisation, ({"id": key, "name": name} for name, key in keys.organisations.items()))
    await _add(
        session,
        Certificate,
        (
            {
                "id": keys.certificates[entry.name],
                "organisation_id": keys.organisations[entry.organisation],
                "name": entry.name,
                "batch": entry.batch,
                "basis": entry.basis if entry.levels_known else f"{entry.basis}；等级未知，仅为演示设为 2 级",
            }
            for entry in entries
        ),
    )
    await _add(
        session,
        CertificateLevel,
        (
            {"id": key, "certificate_id": keys.certificates[name], "level": level}
            for (name, level), key in keys.levels.items()
        ),
    )
    await _schemes(session, facts, keys)


async def _schemes(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    schemes = [(uuid4(), pilot) for pilot in facts.pilot_certificates]
    await _add(
        session,
        AssessmentScheme,
        (
            {
                "id": key,
                "certificate_level_id": keys.levels[pilot.certificate_name, pilot.level],
                "version": 1,
                "combination": pilot.scheme.combination,
                "exam_form": pilot.scheme.exam_form,
                "pass_mark_hundredths": pilot.scheme.total_pass_mark,
            }
            for key, pilot in schemes
        ),
    )
    await _add(
        session,
        AssessmentComponent,
        (
            {
                "scheme_id": key,
                "code": part.code,
                "name": part.name,
                "weight_percent": part.weight_percent,
                "full_mark_hundredths": part.full_mark,
                "pass_mark_hundredths": part.pass_mark,
            }
            for key, pilot in schemes
            for part in pilot.scheme.components
        ),
    )


async def _register(session: AsyncSession, facts: Dataset, keys: Keys, sealer: Sealer) -> None:
    """Put the academic register in, and what each college admitted."""
    there = {"institution_id": keys.institution_id}
    institution = facts.institution
    keys.colleges = {college.code: uuid4() for college in facts.colleges}
    keys.programmes = {programme.code: uuid4() for programme in facts.programmes}
    keys.courses = {(course.programme_code, course.code): uuid4() for course in facts.courses}
    await _add(
        session,
        Institution,
        [
            {
                "id": keys.institution_id,
                "code": institution.code,
                "name": institution.name,
                "province": institution.province,
                # Made-up people are test data, and so a client may sign in by a secret that a file shows.
                "is_test": True,
            }
        ],
    )
    await _add(
        session,
        College,
        (there | {"id": keys.colleges[it.code], "code": it.code, "name": it.name} for it in facts.colleges),
    )
    await _add(
        session,
        Programme,
        (
            there
            | {
                "id": keys.programmes[it.code],
                "college_id": keys.colleges[it.college_code],
                "code": it.code,
                "name": it.name,
                "is_pilot": it.is_pilot,
                "is_showcase": it.is_showcase,
            }
            for it in facts.programmes
        ),
    )
    await _courses(session, facts, keys)
    await _students(session, facts, keys, sealer)
    await _teaching(session, facts, keys)
    await _add(session, Admission, _admissions(facts, keys))


async def _courses(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    there = {"institution_id": keys.institution_id}
    await _add(
        session,
        Course,
        (
            there
            | {
                "id": keys.courses[it.programme_code, it.code],
                "programme_id": keys.programmes[it.programme_code],
                "code": it.code,
                "name": it.name,
                "credit_hundredths": it.credit_hundredths,
                "hours": it.hours,
                "category": it.category,
                "is_compulsory": it.is_compulsory,
            }
            for it in facts.courses
        ),
    )


def _admissions(facts: Dataset, keys: Keys) -> Iterator[dict[str, object]]:
    admitted = {(code, pilot.certificate_name) for pilot in facts.pilot_certificates for code in pilot.college_codes}
    for college_code, certificate_name in sorted(admitted):
        yield {
            "institution_id": keys.institution_id,
            "college_id": keys.colleges[college_code],
            "certificate_id": keys.certificates[certificate_name],
            "status": "admitted",
            "admitted_on": _ADMITTED_ON,
        }


async def _students(session: AsyncSession, facts: Dataset, keys: Keys, sealer: Sealer) -> None:
    """Enter the students as an import would, each enrolled since the term of their entry year."""
    office = keys.actor(Role.REGISTRAR)
    rows = [
        StudentRow(
            place=place,
            student_number=it.student_number,
            name=it.name,
            document_number=it.identity_number,
            programme_code=it.programme_code,
            class_name=it.class_name,
            entry_year=it.entry_year,
            effective_on=date(it.entry_year, 9, 1),
        )
        for place, it in enumerate(facts.students, start=1)
    ]
    desk = registry.Desk(sealer=sealer, today=rows[0].effective_on or _ADMITTED_ON)
    bounds = registry.Bounds.of(office, creates=True)
    entered = await registry.enter_students(session, office, bounds=bounds, rows=rows, desk=desk)
    keys.students = {
        it.student_number: outcome.id for it, outcome in zip(facts.students, entered, strict=True) if outcome.id
    }


async def _teaching(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Put in who teaches, by which plans, and what was passed so far."""
    rows: defaultdict[type[Base], list[Mapping[str, object]]] = defaultdict(list)
    for model, row in teaching(facts, keys):
        rows[model].append(row)
    for model, found in rows.items():
        await _add(session, model, found)


async def _accounts(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Open the accounts of the pilot students, all at once."""
    student_ids = [keys.students[it.student_number] for it in facts.students if it.opens_account]
    await credits_.open_accounts(
        session,
        keys.actor(Role.REGISTRAR),
        institution_id=keys.institution_id,
        cohort=CohortIn(student_ids=student_ids),
    )


async def _plans(session: AsyncSession, facts: Dataset, keys: Keys) -> Admissions:
    """Announce the plans, register the students day by day as they confirmed, and lock the main plan."""
    numbers: Admissions = {}
    student_numbers = {key: number for number, key in keys.students.items()}
    for planned in facts.plans:
        level_ids = [keys.levels[planned.certificate_name, level] for level in planned.levels]
        organisation = keys.actor(Role.ORG_STAFF, organisation_id=keys.organisations[planned.organisation])
        plan = await exams.announce_plan(
            session,
            organisation,
            wish=ExamPlanIn(
                institution_id=keys.institution_id,
                code=planned.code,
                name=planned.name,
                certificate_level_ids=level_ids,
                registration_opens_on=planned.registration_opens_on,
                registration_closes_on=planned.registration_closes_on,
                exam_on=planned.exam_on,
            ),
            timezone=TIMEZONE,
        )
        by_day: dict[date, list[RegistrationWish]] = defaultdict(list)
        for it in facts.registrations:
            if it.plan_code == planned.code:
                level_id = keys.levels[planned.certificate_name, it.level]
                wish = RegistrationWish(student_id=keys.students[it.student_number], certificate_level_id=level_id)
                by_day[it.confirmed_on].append(wish)
        for day, wishes in sorted(by_day.items()):
            made = await exams.register_students(
                session,
                keys.actor(Role.REGISTRAR),
                plan=plan,
                wishes=wishes,
                terms=Terms(datetime.combine(day, time(4), tzinfo=UTC), timezone=TIMEZONE, offer_hours=48),
            )
            for registration in made.registrations:
                assert registration.student_id is not None  # noqa: S101 - students were registered
                assert registration.admission_number is not None  # noqa: S101 - and nobody waits without sittings
                numbers[planned.code, student_numbers[registration.student_id]] = registration.admission_number
        if planned.code == MAIN_PLAN:
            await lock_and_charge(session, organisation, plan=plan, timezone=TIMEZONE)
    return numbers


async def _exits(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Let certificates exit last: a late decision lies behind some of the registrations."""
    for it in facts.certificate_exits:
        await session.execute(
            update(Admission)
            .where(
                Admission.institution_id == keys.institution_id,
                Admission.college_id == keys.colleges[it.college_code],
                Admission.certificate_id == keys.certificates[it.certificate_name],
            )
            .values(status="exited", exited_on=it.exited_on)
        )
