"""Guidance on the ground: for each college problems, consultations and surveys in each state, and what goes along."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core.db import Base, JsonObject
from x_pilot_api.guidance.models import (
    AdministratorTraining,
    AdministratorTrainingPerson,
    Consultation,
    ConsultationParty,
    Correspondence,
    FollowUp,
    GuidanceReminder,
    MinuteEntry,
    OutsideParty,
    PilotProblem,
    PilotProblemStep,
    PolicyPublicity,
    Survey,
    SurveyResponse,
    TrainingDemand,
)

DAY = date(2026, 1, 5)
DUE = date(2099, 1, 1)


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Lay guidance out for each college of each school, beside what the pilot year has there."""
    for serial, there in enumerate(world.schools):
        suffix = "" if serial == 0 else "_2"
        party_id = await _party(session, made, there.id, owner=f"s{serial + 1}")
        for college, coordinator in enumerate(("coordinator", "sibling_coordinator")):
            found = {
                "party": party_id,
                "office_person": world.callers[f"registrar{suffix}"].id,
                "college_person": world.callers[f"{coordinator}{suffix}"].id,
                # The teacher belongs to the first college.
                "raiser": world.callers[f"teacher{suffix}" if college == 0 else f"{coordinator}{suffix}"].id,
            }
            laying = _Laying(session, there.id, there.colleges[college], f"s{serial + 1}p{college}q", found)
            await laying.problems()
            await laying.outreach()
            await laying.consultations()
            await laying.surveys()
            await laying.wishes(world.organisations[0].levels["2"])
            made.pilot[serial, college] |= {f"guided_{name}": key for name, key in found.items()}
            shared = {"party", "office_person", "college_person", "raiser"}
            made.owners |= {key: laying.owner for name, key in found.items() if name not in shared}
            # What a teacher raised is told to them, who are told nothing else of the pilot.
            made.owners[found["heard_problem"]] = laying.owner.removesuffix("q")


async def _party(session: AsyncSession, made: Made, institution_id: UUID, *, owner: str) -> UUID:
    party_id = uuid4()
    made.owners[party_id] = owner
    session.add(
        OutsideParty(
            institution_id=institution_id,
            id=party_id,
            name=f"学会{mark(owner)}",
            kind="association",
            credit_code=None,
            remark=mark(owner),
        )
    )
    await session.flush()
    return party_id


class _Laying:
    """Lays out one college's guidance, and remembers what it made by its name."""

    def __init__(
        self, session: AsyncSession, institution_id: UUID, college_id: UUID, owner: str, found: dict[str, UUID]
    ) -> None:
        self.session = session
        self.institution_id, self.college_id = institution_id, college_id
        self.owner, self.found = owner, found
        self.text = mark(owner)

    async def _add(self, *rows: Base) -> None:
        self.session.add_all(rows)
        await self.session.flush()

    def _new(self, name: str) -> UUID:
        self.found[name] = uuid4()
        return self.found[name]

    async def problems(self) -> None:
        """Let the college raise what the office solves, and the office what the college solves."""
        office, college = self.found["office_person"], self.found["college_person"]
        for name, state, raiser, owner in (
            ("heard", "raised", self.found["raiser"], None),
            ("raised", "raised", college, None),
            ("assigned", "assigned", office, college),
            ("resolved", "resolved", college, office),
        ):
            problem_id = self._new(f"{name}_problem")
            said = mark(self.owner.removesuffix("q")) if name == "heard" else self.text
            await self._add(
                PilotProblem(
                    institution_id=self.institution_id,
                    id=problem_id,
                    college_id=self.college_id,
                    about="plan",
                    plan_code=said,
                    severity="high",
                    title=said,
                    description=said,
                    state=state,
                    raised_by=raiser,
                    raised_on=DAY,
                    owner_id=owner,
                    due_on=DUE if owner else None,
                    resolution=said if state == "resolved" else None,
                    steps=1,
                )
            )
            await self._add(
                PilotProblemStep(
                    institution_id=self.institution_id,
                    problem_id=problem_id,
                    number=1,
                    deed="raise",
                    state="raised",
                    actor_id=raiser,
                    remark=said,
                )
            )

    async def outreach(self) -> None:
        """Record an occasion of publicity, and a training of the college's coordinator."""
        college = self.found["college_person"]
        await self._add(
            PolicyPublicity(
                institution_id=self.institution_id,
                id=self._new("publicity"),
                college_id=self.college_id,
                title=self.text,
                policy_reference=self.text,
                channel="lecture",
                held_on=DAY,
                reach=10,
                counted_by=self.text,
                recorded_by=college,
            ),
            AdministratorTraining(
                institution_id=self.institution_id,
                id=self._new("training"),
                college_id=self.college_id,
                subject=self.text,
                held_on=DAY,
                hours_tenths=20,
                trainer=self.text,
                material=self.text,
                recorded_by=college,
            ),
        )
        await self._add(
            AdministratorTrainingPerson(
                institution_id=self.institution_id,
                training_id=self.found["training"],
                person_id=college,
                took_part=True,
            ),
            GuidanceReminder(
                institution_id=self.institution_id,
                batch_id=uuid4(),
                kind="pilot_problem",
                object_id=self.found["assigned_problem"],
                owner_id=college,
                due_on=DUE,
                stage="tomorrow",
            ),
        )

    async def consultations(self) -> None:
        """Write one consultation down and sign another off; of the first something is open and something done."""
        college = self.found["college_person"]
        for name, state in (("draft", "draft"), ("signed", "signed_off")):
            consultation_id = self._new(f"{name}_consultation")
            await self._add(
                Consultation(
                    institution_id=self.institution_id,
                    id=consultation_id,
                    college_id=self.college_id,
                    subject=self.text,
                    held_on=DAY,
                    participants=self.text,
                    minutes=self.text,
                    state=state,
                    recorded_by=college,
                )
            )
            await self._add(
                ConsultationParty(
                    institution_id=self.institution_id,
                    consultation_id=consultation_id,
                    party_id=self.found["party"],
                )
            )
        await self._add(
            MinuteEntry(
                institution_id=self.institution_id,
                consultation_id=self.found["signed_consultation"],
                number=1,
                body=self.text,
                record={"subject": self.text},
                written_by=college,
            )
        )
        for state in ("open", "done"):
            await self._add(
                FollowUp(
                    institution_id=self.institution_id,
                    id=self._new(f"{state}_follow_up"),
                    consultation_id=self.found["draft_consultation"],
                    task=self.text,
                    owner_id=college,
                    due_on=DUE,
                    state=state,
                    result=self.text if state == "done" else None,
                    comment=self.text,
                    set_by=self.found["office_person"],
                )
            )

    async def surveys(self) -> None:
        """Draft one survey, and open another that was answered once."""
        question: JsonObject = {"text": self.text, "kind": "text", "choices": [], "is_required": True}
        for state in ("draft", "open"):
            await self._add(
                Survey(
                    institution_id=self.institution_id,
                    id=self._new(f"{state}_survey"),
                    college_id=self.college_id,
                    title=self.text,
                    questions=[question],
                    state=state,
                    opened_on=DAY if state == "open" else None,
                    recorded_by=self.found["college_person"],
                )
            )
        await self._add(
            SurveyResponse(
                institution_id=self.institution_id,
                survey_id=self.found["open_survey"],
                reference=self.text,
                party_id=self.found["party"],
                answers=[self.text],
                recorded_by=self.found["college_person"],
            )
        )

    async def wishes(self, level_id: UUID) -> None:
        """Write a letter, and note a wish for training that is met and one that is not."""
        college = self.found["college_person"]
        # The service gives a letter its id.
        letter = Correspondence(
            institution_id=self.institution_id,
            party_id=self.found["party"],
            college_id=self.college_id,
            direction="outgoing",
            medium="letter",
            sent_on=DAY,
            subject=self.text,
            reference_number=self.text,
            summary=self.text,
            answer_due_on=DUE,
            recorded_by=college,
        )
        await self._add(letter)
        self.found["letter"] = letter.id
        for state in ("unmet", "met"):
            await self._add(
                TrainingDemand(
                    institution_id=self.institution_id,
                    id=self._new(f"{state}_demand"),
                    party_id=self.found["party"],
                    college_id=self.college_id,
                    demand_group="enterprise_employees",
                    certificate_level_id=level_id,
                    head_count=10,
                    wanted_from=DAY,
                    wanted_to=DUE,
                    state=state,
                    met_by=self.text if state == "met" else None,
                    recorded_by=college,
                )
            )
