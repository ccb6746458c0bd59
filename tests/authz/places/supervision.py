"""The bodies of supervision."""

from tests.authz.places.place import Place
from x_pilot_api.supervision.schemas.assessments import (
    CollegeAdjustmentIn,
    CollegeEntriesIn,
    CollegeEntryIn,
    CollegeReturnIn,
    CollegeReviewIn,
)
from x_pilot_api.supervision.schemas.findings import (
    FindingCheckIn,
    FindingEvidenceIn,
    FindingReturnIn,
    MeasurePlanIn,
    SupervisionFindingIn,
)
from x_pilot_api.supervision.schemas.schemes import (
    AssessmentYearIn,
    CollegeIndicatorIn,
    CollegeSchemeIn,
    RankingWithdrawalIn,
)

_FREE = "other_institution"
"""Where no version is being drawn up yet."""

PLACES = (
    Place("draft_college_scheme", "registrar_2", CollegeSchemeIn, "college_schemes", relation=_FREE),
    Place(
        "draft_college_scheme",
        "registrar_2",
        CollegeIndicatorIn,
        "college_indicators",
        within=("indicators",),
        relation=_FREE,
    ),
    Place("change_college_scheme", "registrar", CollegeSchemeIn, "college_schemes"),
    Place("change_college_scheme", "registrar", CollegeIndicatorIn, "college_indicators", within=("indicators",)),
    Place("open_assessment_year", "registrar", AssessmentYearIn, "assessment_years"),
    Place("withdraw_college_ranking", "registrar", RankingWithdrawalIn, "assessment_years"),
    Place("fill_college_assessment", "coordinator", CollegeEntriesIn, "college_assessments"),
    Place("fill_college_assessment", "coordinator", CollegeEntryIn, "college_entries", within=("entries",)),
    Place("send_back_college_assessment", "registrar", CollegeReturnIn, "college_assessments"),
    Place("review_college_assessment", "registrar", CollegeReviewIn, "college_assessments"),
    Place(
        "review_college_assessment", "registrar", CollegeAdjustmentIn, "college_adjustments", within=("adjustments",)
    ),
    Place("raise_supervision_finding", "registrar", SupervisionFindingIn, "supervision_findings"),
    Place("plan_supervision_finding", "coordinator", MeasurePlanIn, "supervision_findings"),
    Place("finish_supervision_finding", "coordinator", FindingEvidenceIn, "supervision_findings"),
    Place("close_supervision_finding", "registrar", FindingCheckIn, "supervision_findings"),
    Place("return_supervision_finding", "registrar", FindingReturnIn, "supervision_findings"),
)
