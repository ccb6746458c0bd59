"""Tables of the colleges' yearly assessment, and of findings."""

from x_pilot_api.supervision.models.assessments import (
    CollegeAdjustment,
    CollegeAssessment,
    CollegeAssessmentState,
    CollegeDecision,
    CollegeEntry,
    CollegeFigure,
    CollegeSubmission,
)
from x_pilot_api.supervision.models.findings import (
    FindingReminderStage,
    FindingState,
    SupervisionFinding,
    SupervisionFindingStep,
    SupervisionReminder,
)
from x_pilot_api.supervision.models.schemes import (
    AssessmentYear,
    CollegeIndicator,
    CollegeScheme,
    CollegeSchemeState,
    RankingState,
)

__all__ = [
    "AssessmentYear",
    "CollegeAdjustment",
    "CollegeAssessment",
    "CollegeAssessmentState",
    "CollegeDecision",
    "CollegeEntry",
    "CollegeFigure",
    "CollegeIndicator",
    "CollegeScheme",
    "CollegeSchemeState",
    "CollegeSubmission",
    "FindingReminderStage",
    "FindingState",
    "RankingState",
    "SupervisionFinding",
    "SupervisionFindingStep",
    "SupervisionReminder",
]
