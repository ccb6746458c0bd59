"""What may be done in a review, who may not vote in it, and what its votes come to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from x_pilot_api.certificates.models import CertificateReview, ExcuseCode, ReviewPolicy, ReviewState, SeatState
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import ItemCode, know_items
from x_pilot_api.core.languages import Both
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission

AUDIT_KIND = "certificate_review"

_S = ReviewState
_P = Permission

ADMISSION = Workflow(
    name="admission review",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(frozenset({_S.DRAFT}), _S.DRAFT, _P.REVIEWS_PROPOSE),
        "submit": Deed(frozenset({_S.DRAFT}), _S.SUBMITTED, _P.REVIEWS_PROPOSE),
        "begin": Deed(frozenset({_S.SUBMITTED}), _S.UNDER_REVIEW, _P.REVIEWS_RUN),
        "assign": Deed(frozenset({_S.UNDER_REVIEW}), _S.UNDER_REVIEW, _P.REVIEWS_RUN),
        # A vote leaves the review where it is until it is the last one; then the votes themselves decide.
        "vote": Deed(frozenset({_S.UNDER_REVIEW}), _S.UNDER_REVIEW, _P.REVIEWS_VOTE),
        "excuse": Deed(frozenset({_S.UNDER_REVIEW}), _S.UNDER_REVIEW, _P.REVIEWS_VOTE),
        "conclude": Deed(frozenset({_S.UNDER_REVIEW}), _S.UNDER_REVIEW, _P.REVIEWS_RUN),
        "admit": Deed(frozenset({_S.UNDER_REVIEW}), _S.ADMITTED, _P.REVIEWS_VOTE),
        "reject": Deed(frozenset({_S.UNDER_REVIEW}), _S.REJECTED, _P.REVIEWS_VOTE),
    },
)

EXIT = Workflow(
    name="exit review",
    initial=_S.EXIT_PROPOSED,
    deeds={
        "assign": Deed(frozenset({_S.EXIT_PROPOSED}), _S.EXIT_PROPOSED, _P.REVIEWS_RUN),
        "vote": Deed(frozenset({_S.EXIT_PROPOSED}), _S.EXIT_PROPOSED, _P.REVIEWS_VOTE),
        "excuse": Deed(frozenset({_S.EXIT_PROPOSED}), _S.EXIT_PROPOSED, _P.REVIEWS_VOTE),
        "exit": Deed(frozenset({_S.EXIT_PROPOSED}), _S.EXITED, _P.REVIEWS_RUN),
        "retain": Deed(frozenset({_S.EXIT_PROPOSED}), _S.RETAINED, _P.REVIEWS_RUN),
    },
)

_NEVER_OFFERED = frozenset({"admit", "reject"})
"""Nobody asks for them: the votes do it."""
_EXPERTS = frozenset({"vote", "excuse"})
_OF_TWO = frozenset({"exit", "retain"})
"""Whoever proposed an exit does not decide on it."""

INDUSTRY_FIT_LOW = ItemCode(
    "industry_fit_low",
    Both("证书准入未通过的原因", "Why a certificate was not admitted"),
    Both("行业契合度均分低于标准。", "The average score for industry fit is below the minimum."),
    Both("补充行业需求的依据后重新申请。", "Propose it again with better grounds for the industry's need."),
)
EMPLOYER_RECOGNITION_LOW = ItemCode(
    "employer_recognition_low",
    Both("证书准入未通过的原因", "Why a certificate was not admitted"),
    Both("用人单位认可度均分低于标准。", "The average score for employer recognition is below the minimum."),
    Both("补充用人单位认可的证明后重新申请。", "Propose it again with better evidence that employers recognise it."),
)
know_items(INDUSTRY_FIT_LOW, EMPLOYER_RECOGNITION_LOW)


def workflow_of(review: CertificateReview) -> Workflow:
    """Find the state machine of a review's purpose."""
    return EXIT if review.exit_on is not None else ADMISSION


@dataclass(frozen=True)
class Standing:
    """What of a person bears on whether they may vote: whose staff they are, and for what they act here."""

    organisation_ids: frozenset[UUID]
    college_ids: frozenset[UUID]


def conflict_of(review: CertificateReview, *, person_id: UUID, organisation_id: UUID, who: Standing) -> str | None:
    """Tell by which rule a person may not vote, if by any."""
    if person_id == review.proposed_by:
        return ExcuseCode.PROPOSED_IT
    if organisation_id in who.organisation_ids:
        return ExcuseCode.OF_THE_ORGANISATION
    if review.college_id in who.college_ids:
        return ExcuseCode.OF_THE_COLLEGE
    return None


@dataclass(frozen=True)
class Vote:
    """The scores of one expert, in hundredths."""

    industry_fit: int
    employer_recognition: int


@dataclass(frozen=True)
class Result:
    """What the votes come to: averages in hundredths, rounded to the nearest, and why it is not admitted."""

    votes: int
    industry_fit: int
    employer_recognition: int
    reasons: Sequence[str]

    @property
    def deed(self) -> str:
        """Name the deed that the votes decide on."""
        return "reject" if self.reasons else "admit"


def count(votes: Sequence[Vote], policy: ReviewPolicy) -> Result:
    """Weigh votes by a policy; the sums are compared, so that rounding an average decides nothing."""
    fit = sum(vote.industry_fit for vote in votes)
    recognition = sum(vote.employer_recognition for vote in votes)
    number = len(votes)
    reasons = [
        item.code
        for item, low in (
            (INDUSTRY_FIT_LOW, fit < policy.industry_fit_min_hundredths * number),
            (EMPLOYER_RECOGNITION_LOW, recognition < policy.employer_recognition_min_hundredths * number),
        )
        if low
    ]
    return Result(number, _average(fit, number), _average(recognition, number), reasons)


def _average(total: int, number: int) -> int:
    return (2 * total + number) // (2 * number)


def is_complete(states: Collection[str], policy: ReviewPolicy) -> bool:
    """Tell whether nobody's vote is waited for, and there are enough."""
    return SeatState.ASSIGNED not in states and _voted(states) >= policy.quorum


def has_quorum(states: Collection[str], policy: ReviewPolicy) -> bool:
    """Tell whether there are enough votes already."""
    return _voted(states) >= policy.quorum


def _voted(states: Collection[str]) -> int:
    return sum(state == SeatState.VOTED for state in states)


def allowed_deeds(actor: Actor, review: CertificateReview, *, own_seat: str | None, enough: bool) -> list[str]:
    """List what an actor may do with a review next."""
    closed = set(_NEVER_OFFERED)
    if own_seat != SeatState.ASSIGNED:
        closed |= _EXPERTS
    if not enough:
        closed.add("conclude")
    if actor.id == review.proposed_by:
        closed |= _OF_TWO
    if actor.institution_id != review.institution_id:
        return []
    return [deed for deed in workflow_of(review).allowed_deeds(actor, state=review.state) if deed not in closed]
