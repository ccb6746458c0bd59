"""What the ground holds of certificates' government: spare entries of the catalogue, reviews, exits, feedback."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import School, World
from x_pilot_api.certificates.models import (
    Admission,
    Certificate,
    CertificateLevel,
    CertificateReview,
    Feedback,
    FeedbackAnswer,
    ReviewPolicy,
    ReviewSeat,
)
from x_pilot_api.core import clock
from x_pilot_api.governance.models import TeachOutItem
from x_pilot_api.identity.models import Membership, Organisation, Person

REVIEWS = ("draft", "submitted", "under_review", "exit_proposed")
FEEDBACK = ("open", "sent", "answered", "verified")
PLACES = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1))
"""Of which school, college and organisation there are reviews and feedback."""


async def catalogue(session: AsyncSession, world: World, made: Made) -> None:
    """Enter, for each organisation, an organisation beside it that nothing refers to, and a certificate a state."""
    for serial, organised in enumerate(world.organisations):
        owner, spare_id = f"o{serial + 1}", uuid4()
        session.add(Organisation(id=spare_id, name=f"闲置组织{mark(owner)}"))
        made.spare_organisations.append(spare_id)
        made.owners[spare_id] = owner
        for name in ("fresh", *REVIEWS):
            certificate_id, level_id = uuid4(), uuid4()
            session.add(
                Certificate(
                    id=certificate_id,
                    organisation_id=organised.id,
                    name=f"证书{name}{mark(owner)}",
                    basis=f"文{mark(owner)}",
                )
            )
            await session.flush()
            session.add(CertificateLevel(id=level_id, certificate_id=certificate_id, level="1"))
            await session.flush()
            made.certificates[serial, name] = (certificate_id, level_id)
            made.owners |= {certificate_id: owner, level_id: owner}


async def panels(session: AsyncSession, world: World, made: Made) -> None:
    """Let each school have a policy, and two experts more: one who votes, one who waits to be asked."""
    for serial, school in enumerate(world.schools):
        policy_id = uuid4()
        session.add(
            ReviewPolicy(
                institution_id=school.id,
                id=policy_id,
                version=1,
                quorum=1,
                industry_fit_min_hundredths=6000,
                employer_recognition_min_hundredths=6000,
                basis=f"校发{mark(f's{serial + 1}')}",
                effective_from=date(2025, 1, 1),
            )
        )
        made.policies.append(policy_id)
        made.owners[policy_id] = f"s{serial + 1}"
        for _ in range(2):
            person_id = uuid4()
            name = mark(f"me_expert{'' if serial == 0 else '_2'}")
            session.add(Person(id=person_id, username=f"panel-{person_id}", name=name, password_hash="-"))
            await session.flush()
            session.add(Membership(institution_id=school.id, person_id=person_id, role="expert"))
            made.experts.append(person_id)
    await session.flush()


def review_owner(school: int, college: int, organisation: int) -> str:
    """Name whose a review is: an expert sees those alone in which their vote is asked for."""
    return f"s{school + 1}v{college}{'' if organisation == 0 else 'o2'}"


def feedback_owner(school: int, college: int, organisation: int, state: str) -> str:
    """Name whose feedback is: what is not sent is not the organisation's to see."""
    return f"s{school + 1}f{college}{'' if organisation == 0 else 'o2'}{'d' if state == 'open' else ''}"


def _review(
    made: Made, state: str, there: School, proposer: UUID, *, place: tuple[int, int, int], review_id: UUID
) -> list[Admission | CertificateReview]:
    """Write one review, and for an exit the admission that it would end."""
    school, college, organisation = place
    certificate_id, _ = made.certificates[organisation, state]
    exits, college_id = state == "exit_proposed", there.colleges[college]
    review = CertificateReview(
        institution_id=there.id,
        id=review_id,
        college_id=college_id,
        certificate_id=certificate_id,
        purpose="exit" if exits else "admission",
        state=state,
        grounds=f"理由{mark(review_owner(*place))}",
        proposed_by=proposer,
        proposed_at=clock.now(),
        exit_on=makings.today() + timedelta(days=30) if exits else None,
        policy_id=made.policies[school] if state == "under_review" else None,
    )
    admission = Admission(
        institution_id=there.id,
        college_id=college_id,
        certificate_id=certificate_id,
        status="admitted",
        admitted_on=date(2025, 1, 1),
    )
    return [admission, review] if exits else [review]


async def reviews(session: AsyncSession, world: World, made: Made) -> None:
    """Bring a review to each state at each place, and let an exit leave something to be done."""
    for school, college, organisation in PLACES:
        there, owner = world.schools[school], review_owner(school, college, organisation)
        who = ("coordinator", "sibling_coordinator")[college] + ("" if school == 0 else "_2")
        proposer = world.callers[who].id
        for state in REVIEWS:
            review_id = uuid4()
            session.add_all(
                _review(made, state, there, proposer, place=(school, college, organisation), review_id=review_id)
            )
            await session.flush()
            made.reviews[school, college, organisation, state] = review_id
            made.owners[review_id] = owner
        await _seats(session, world, made, school=school, college=college, organisation=organisation)
        item_id = uuid4()
        session.add(
            TeachOutItem(
                institution_id=there.id,
                id=item_id,
                review_id=made.reviews[school, college, organisation, "exit_proposed"],
                kind="students_in_training",
                subject_id=there.programmes[college],
                concerned=10,
                due_on=makings.today(),
                owner_id=proposer,
                remark=f"事项{mark(owner)}",
            )
        )
        made.items[school, college, organisation] = item_id
        made.owners[item_id] = owner
    await session.flush()


async def _seats(
    session: AsyncSession, world: World, made: Made, *, school: int, college: int, organisation: int
) -> None:
    """Let somebody have voted; the expert's own vote is waited for at one place alone."""
    review_id = made.reviews[school, college, organisation, "under_review"]
    institution_id = world.schools[school].id
    session.add(
        ReviewSeat(
            institution_id=institution_id,
            review_id=review_id,
            person_id=made.experts[2 * school],
            state="voted",
            industry_fit_hundredths=9000,
            employer_recognition_hundredths=9000,
            opinion=f"意见{mark(f'{review_owner(school, college, organisation)}q')}",
            voted_at=clock.now(),
        )
    )
    if (school, college, organisation) == (0, 0, 0):
        session.add(
            ReviewSeat(
                institution_id=institution_id,
                review_id=review_id,
                person_id=world.callers["expert"].id,
                state="assigned",
            )
        )
    await session.flush()


async def feedback(session: AsyncSession, world: World, made: Made) -> None:
    """Bring feedback to each state at each place."""
    for school, college, organisation in PLACES:
        there = world.schools[school]
        for state in FEEDBACK:
            owner, feedback_id = feedback_owner(school, college, organisation, state), uuid4()
            session.add(
                Feedback(
                    institution_id=there.id,
                    id=feedback_id,
                    certificate_id=world.organisations[organisation].certificate_id,
                    college_id=there.colleges[college],
                    subject=f"主题{mark(owner)}",
                    body=f"内容{mark(owner)}",
                    state=state,
                    due_on=makings.today() + timedelta(days=5),
                    opened_by=world.callers["registrar" if school == 0 else "registrar_2"].id,
                    opened_at=clock.now(),
                    asked_at=None if state == "open" else clock.now(),
                )
            )
            await session.flush()
            if state in {"answered", "verified"}:
                answer_id: UUID = uuid4()
                session.add(
                    FeedbackAnswer(
                        institution_id=there.id,
                        id=answer_id,
                        feedback_id=feedback_id,
                        answer=f"答复{mark(owner)}",
                        answered_by=world.callers["org_staff"].id,
                        asked_at=clock.now(),
                        answered_at=clock.now(),
                    )
                )
                made.owners[answer_id] = owner
            made.feedback[school, college, organisation, state] = feedback_id
            made.owners[feedback_id] = owner
    await session.flush()


def parts_of(made: Made, *, school: int, college: int, organisation: int) -> dict[str, Any]:
    """Give a corner its part of all this."""
    place = (school, college, organisation)
    return {
        "spare_organisation_id": made.spare_organisations[organisation],
        "fresh_certificate_id": made.certificates[organisation, "fresh"][0],
        "fresh_level_id": made.certificates[organisation, "fresh"][1],
        "expert_id": made.experts[2 * school + 1],
        "reviews": {state: made.reviews[(*place, state)] for state in REVIEWS},
        "item_id": made.items[place],
        "feedback": {state: made.feedback[(*place, state)] for state in FEEDBACK},
    }
