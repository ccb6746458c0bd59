"""The bodies of awards and of corrections."""

from tests.authz.places.place import Place
from x_pilot_api.awards.schemas import (
    AwardReasonIn,
    AwardShareIn,
    NumberPatternIn,
    PatternPreviewIn,
    PrintDeedIn,
    ReissueDecisionIn,
    ReissueIn,
)
from x_pilot_api.exams.schemas import CorrectionConfirmationIn, CorrectionIn, CorrectionRefusalIn

PLACES = (
    Place("suspend_award", "org_staff", AwardReasonIn, "awards"),
    Place("reinstate_award", "org_staff", AwardReasonIn, "awards"),
    Place("move_award_papers", "org_staff", PrintDeedIn, "awards"),
    Place("propose_reissue", "org_staff", ReissueIn, "award_reissues"),
    Place("refuse_reissue", "org_staff", ReissueDecisionIn, "award_reissues"),
    Place("set_number_pattern", "org_staff", NumberPatternIn, "number_patterns"),
    Place("preview_number_pattern", "org_staff", PatternPreviewIn, "number_patterns"),
    Place("share_award", "student", AwardShareIn, "award_shares"),
    Place("propose_correction", "org_staff", CorrectionIn, "correction_cases"),
    Place("confirm_correction", "org_staff", CorrectionConfirmationIn, "correction_cases"),
    Place("refuse_correction", "org_staff", CorrectionRefusalIn, "correction_cases"),
)
