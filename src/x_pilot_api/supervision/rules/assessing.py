"""What may be done with a college's assessment and with a year's ranking, and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision.errors import (
    AdjustmentUnfit,
    AssessmentNotClosed,
    ClosesBeforeYear,
    CollegesNotReviewed,
    IndicatorUnknown,
    OwnAssessment,
    RankingIsPublished,
    StatementMissing,
    StatementUnfit,
)
from x_pilot_api.supervision.models import (
    AssessmentYear,
    CollegeAssessment,
    CollegeAssessmentState,
    CollegeEntry,
    CollegeIndicator,
    RankingState,
)

ASSESSMENT_KIND = "college_assessment"
YEAR_KIND = "assessment_year"

_S = CollegeAssessmentState
_R = RankingState
_P = Permission

ASSESSMENT = Workflow(
    name="college assessment",
    initial=_S.OPEN,
    deeds={
        "fill": Deed(frozenset({_S.OPEN, _S.RETURNED}), _S.OPEN, _P.COLLEGE_ASSESSMENTS_FILL),
        "submit": Deed(frozenset({_S.OPEN, _S.RETURNED}), _S.SELF_ASSESSED, _P.COLLEGE_ASSESSMENTS_FILL),
        # What was reviewed is sent back when it has to be assessed anew; what was submitted before stays.
        "send_back": Deed(frozenset({_S.SELF_ASSESSED, _S.REVIEWED}), _S.RETURNED, _P.COLLEGE_ASSESSMENTS_DECIDE),
        "review": Deed(frozenset({_S.SELF_ASSESSED}), _S.REVIEWED, _P.COLLEGE_ASSESSMENTS_DECIDE),
    },
)

RANKING = Workflow(
    name="ranking of colleges",
    initial=_R.WITHHELD,
    deeds={
        "publish_ranking": Deed(frozenset({_R.WITHHELD}), _R.PUBLISHED, _P.COLLEGE_ASSESSMENTS_DECIDE),
        "withdraw_ranking": Deed(frozenset({_R.PUBLISHED}), _R.WITHHELD, _P.COLLEGE_ASSESSMENTS_DECIDE),
    },
)


@dataclass(frozen=True)
class Standing:
    """What decides which deeds an assessment admits beside its state."""

    is_closed: bool
    is_ranked: bool
    missing: Sequence[str]


def period_of(year: int) -> tuple[date, date]:
    """Give a year's first and last day."""
    return date(year, 1, 1), date(year, 12, 31)


def closing_of(year: int, *, closes_at: datetime | None, timezone: str) -> datetime:
    """Say when a year's figures close: with its last day, unless another instant after its beginning is given."""
    zone = ZoneInfo(timezone)
    if closes_at is None:
        return datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    if closes_at <= datetime(year, 1, 1, tzinfo=zone):
        raise ClosesBeforeYear(year=year, closes_at=closes_at.isoformat())
    return closes_at.astimezone(UTC)


def missing_in(indicators: Iterable[CollegeIndicator], entries: Mapping[str, CollegeEntry]) -> list[str]:
    """Name the indicators that the college has to state figures with evidence for, and has not."""
    stated = {code for code, entry in entries.items() if entry.numerator is not None and entry.narrative}
    return [each.code for each in indicators if each.figure_code is None and each.code not in stated]


def check_entries(indicators: Sequence[CollegeIndicator], entries: Mapping[str, bool]) -> None:
    """Refuse words for what is no indicator, and figures for what the service counts; each code says if it has any."""
    known = {each.code: each for each in indicators}
    unknown = sorted(entries.keys() - known.keys())
    if unknown:
        raise IndicatorUnknown(indicators=", ".join(unknown))
    counted = [code for code, states in entries.items() if states and known[code].figure_code is not None]
    if counted:
        raise StatementUnfit(indicators=", ".join(counted))


def check_adjustable(indicators: Sequence[CollegeIndicator], codes: Iterable[str]) -> None:
    """Refuse to adjust what the service counted; a wrong figure is put right where it was recorded."""
    stated = {each.code for each in indicators if each.figure_code is None}
    unfit = sorted(set(codes) - stated)
    if unfit:
        raise AdjustmentUnfit(indicators=", ".join(unfit))


def check_submittable(year: AssessmentYear, *, missing: Sequence[str], now: datetime) -> None:
    """Refuse to submit what is not closed, or not stated."""
    if now < year.closes_at:
        raise AssessmentNotClosed(closes_at=year.closes_at.isoformat())
    if missing:
        raise StatementMissing(indicators=", ".join(missing))


def check_reviewer(actor: Actor, assessment: CollegeAssessment) -> None:
    """Refuse to let somebody review what they submitted themselves."""
    if actor.id == assessment.self_assessed_by:
        raise OwnAssessment


def check_unranked(year: AssessmentYear) -> None:
    """Refuse to change what a published ranking rests on."""
    if year.ranking == _R.PUBLISHED:
        raise RankingIsPublished(year=year.year)


def check_rankable(lacking: Sequence[str]) -> None:
    """Refuse to rank while a college is not reviewed, and name those."""
    if lacking:
        raise CollegesNotReviewed(colleges="、".join(lacking), count=len(lacking))


def allowed_deeds(actor: Actor, assessment: CollegeAssessment, standing: Standing) -> list[str]:
    """List what an actor may do with an assessment next."""
    refused: set[str] = set()
    if not standing.is_closed or standing.missing:
        refused.add("submit")
    if standing.is_ranked:
        refused.add("send_back")
    if actor.id == assessment.self_assessed_by:
        refused.add("review")
    return [deed for deed in ASSESSMENT.allowed_deeds(actor, state=assessment.state) if deed not in refused]
