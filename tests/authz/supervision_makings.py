"""Supervision on the ground: a scheme in force and a draft, years in each state, findings on their way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core.db import Base
from x_pilot_api.supervision.models import (
    AssessmentYear,
    CollegeAdjustment,
    CollegeAssessment,
    CollegeDecision,
    CollegeEntry,
    CollegeFigure,
    CollegeIndicator,
    CollegeScheme,
    CollegeSubmission,
    SupervisionFinding,
    SupervisionFindingStep,
    SupervisionReminder,
)

YEARS = {"ranked": 2022, "reviewed": 2023, "self_assessed": 2024, "open": 2025}
"""The year whose assessments are in each state; the first one's ranking is published."""
COUNTED, STATED = "pass", "team"
_CLOSED = datetime(2026, 7, 1, tzinfo=UTC)
_DAY, _DUE = date(2026, 1, 5), date(2099, 1, 1)


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Give each institution schemes and years, and each college an assessment a year and findings."""
    for school, there in enumerate(world.schools):
        house, suffix = f"s{school + 1}", "" if school == 0 else "_2"
        schemes = {"in_force": await _scheme(session, made, there.id, "in_force", house), "draft": uuid4()}
        # The second institution draws none up, so that one can be.
        if school == 0:
            schemes["draft"] = await _scheme(session, made, there.id, "draft", house)
        years = {state: await _year(session, there.id, schemes["in_force"], state, house) for state in YEARS}
        made.owners |= dict.fromkeys(years.values(), house)
        for college, coordinator in enumerate(("coordinator", "sibling_coordinator")):
            college_person = world.callers[f"{coordinator}{suffix}"].id
            laying = _Laying(
                session,
                there.id,
                there.colleges[college],
                f"{house}p{college}q",
                world.callers[f"registrar{suffix}"].id,
                college_person,
                # The teacher belongs to the first college.
                world.callers[f"teacher{suffix}"].id if college == 0 else college_person,
            )
            found = {state: await laying.assessment(years[state], state) for state in YEARS}
            made.owners |= dict.fromkeys(found.values(), laying.owner)
            findings = await laying.findings(world.organisations[0].certificate_id, found["open"])
            made.owners |= dict.fromkeys(findings.values(), laying.owner)
            # Whoever is to put something right is told of it, and of nothing else.
            made.owners[findings["planned"]] = laying.owner.removesuffix("q")
            made.supervision[school, college] = found | findings | schemes | {"owner": college_person}


async def _scheme(session: AsyncSession, made: Made, institution_id: UUID, state: str, owner: str) -> UUID:
    scheme_id = uuid4()
    made.owners[scheme_id] = owner
    session.add(
        CollegeScheme(
            institution_id=institution_id,
            id=scheme_id,
            number=1 if state == "in_force" else 2,
            name=f"考核办法{mark(owner)}",
            basis=f"教{mark(owner)}",
            first_year=2020 if state == "in_force" else 2050,
            state=state,
            drafted_by=uuid4(),
            enacted_by=uuid4() if state == "in_force" else None,
        )
    )
    await session.flush()
    there = {"institution_id": institution_id, "scheme_id": scheme_id, "weight": 50, "target_hundredths": 8_000}
    session.add_all(
        [
            CollegeIndicator(
                **there,
                code=COUNTED,
                position=0,
                name=f"通过率{mark(owner)}",
                figure_code="pass_rate",
                figure_version=1,
            ),
            CollegeIndicator(
                **there,
                code=STATED,
                position=1,
                name=f"培训{mark(owner)}",
                numerator=f"已训{mark(owner)}",
                denominator=f"应训{mark(owner)}",
            ),
        ]
    )
    await session.flush()
    return scheme_id


async def _year(session: AsyncSession, institution_id: UUID, scheme_id: UUID, state: str, owner: str) -> UUID:
    year_id, is_ranked = uuid4(), state == "ranked"
    session.add(
        AssessmentYear(
            institution_id=institution_id,
            id=year_id,
            year=YEARS[state],
            scheme_id=scheme_id,
            closes_at=_CLOSED,
            ranking="published" if is_ranked else "withheld",
            ranked_by=uuid4() if is_ranked else None,
            withdrawal_reason=f"复核{mark(owner)}",
            opened_by=uuid4(),
        )
    )
    await session.flush()
    return year_id


@dataclass
class _Laying:
    """Lays out one college's supervision."""

    session: AsyncSession
    institution_id: UUID
    college_id: UUID
    owner: str
    office_person: UUID
    college_person: UUID
    measure_owner: UUID

    async def _add(self, *rows: Base) -> None:
        self.session.add_all(rows)
        await self.session.flush()

    async def assessment(self, year_id: UUID, state: str) -> UUID:
        """Lay an assessment of a year, with what is said in it and how it was answered."""
        assessment_id, text = uuid4(), mark(self.owner)
        standing, submitted = "reviewed" if state == "ranked" else state, state != "open"
        there = {"institution_id": self.institution_id, "assessment_id": assessment_id}
        await self._add(
            CollegeAssessment(
                institution_id=self.institution_id,
                id=assessment_id,
                year_id=year_id,
                college_id=self.college_id,
                state=standing,
                submissions=int(submitted),
                self_assessed_by=self.college_person if submitted else None,
                reviewed_by=self.office_person if standing == "reviewed" else None,
                comment=text,
            )
        )
        await self._add(CollegeEntry(**there, code=STATED, numerator=1, denominator=2, narrative=text))
        if submitted:
            await self._submission(there)
        return assessment_id

    async def _submission(self, there: dict[str, UUID]) -> None:
        submission_id, text = uuid4(), mark(self.owner)
        of = {"institution_id": self.institution_id, "submission_id": submission_id}
        await self._add(
            CollegeSubmission(**there, id=submission_id, number=1, as_of=_CLOSED, submitted_by=self.college_person)
        )
        await self._add(
            CollegeFigure(**of, code=COUNTED, version=1, numerator=1, denominator=2, narrative=text),
            CollegeFigure(**of, code=STATED, version=None, numerator=1, denominator=2, narrative=text),
            CollegeDecision(**there, submission=1, state="returned", comment=text, decided_by=self.office_person),
            CollegeAdjustment(**of, code=COUNTED, numerator=1, denominator=2, reason=text),
        )

    async def findings(self, certificate_id: UUID, assessment_id: UUID) -> dict[str, UUID]:
        """Lay a finding in each state that a deed begins from."""
        found: dict[str, UUID] = {}
        for state in ("raised", "planned", "done"):
            found[state] = uuid4()
            text = mark(self.owner.removesuffix("q") if state == "planned" else self.owner)
            owner_id = None if state == "raised" else self.measure_owner
            await self._add(
                SupervisionFinding(
                    institution_id=self.institution_id,
                    id=found[state],
                    college_id=self.college_id,
                    assessment_id=assessment_id if state == "raised" else None,
                    indicator_code=STATED if state == "raised" else None,
                    certificate_id=certificate_id,
                    title=text,
                    description=text,
                    state=state,
                    raised_by=self.office_person,
                    raised_on=_DAY,
                    measure=None if state == "raised" else text,
                    owner_id=self.college_person if state == "done" else owner_id,
                    due_on=None if state == "raised" else _DUE,
                    evidence=text if state == "done" else None,
                    done_by=self.college_person if state == "done" else None,
                    steps=1,
                )
            )
            there = {"institution_id": self.institution_id, "finding_id": found[state]}
            await self._add(
                SupervisionFindingStep(
                    **there, number=1, deed="raise", state="raised", actor_id=self.office_person, remark=text
                )
            )
            if owner_id is not None:
                await self._add(SupervisionReminder(**there, owner_id=owner_id, due_on=_DUE, stage="tomorrow"))
        return found
