"""The bodies of policies, typical cases and bulletins."""

from tests.authz.places.place import Place
from x_pilot_api.publications.schemas.bulletins import (
    AudiencePartIn,
    BulletinCorrectionIn,
    BulletinDraftChange,
    BulletinDraftIn,
    BulletinWithdrawalIn,
)
from x_pilot_api.publications.schemas.cases import (
    CaseOpinionIn,
    CaseReasonIn,
    CaseRemarkIn,
    TypicalCaseChange,
    TypicalCaseIn,
)
from x_pilot_api.publications.schemas.policies import PolicyContentIn, PolicyDraftIn, PolicyRepealIn

PLACES = (
    Place("draft_policy", "registrar", PolicyDraftIn, "policy_drafts"),
    Place("draft_policy", "registrar", PolicyContentIn, "policy_drafts", within=("content",)),
    Place("change_policy_draft", "registrar", PolicyContentIn, "policy_drafts"),
    Place("repeal_policy_document", "registrar", PolicyRepealIn, "policy_documents"),
    Place("begin_typical_case", "coordinator", TypicalCaseIn, "typical_cases"),
    Place("change_typical_case", "coordinator", TypicalCaseChange, "typical_cases"),
    Place("assess_typical_case", "expert", CaseOpinionIn, "case_opinions"),
    Place("send_back_typical_case", "registrar", CaseReasonIn, "typical_cases"),
    Place("accept_typical_case", "registrar", CaseRemarkIn, "typical_cases"),
    Place("publish_typical_case", "registrar", CaseRemarkIn, "typical_cases"),
    Place("take_down_typical_case", "registrar", CaseReasonIn, "typical_cases"),
    Place("draft_bulletin", "coordinator", BulletinDraftIn, "bulletin_drafts"),
    Place("draft_bulletin", "coordinator", AudiencePartIn, "bulletin_audiences", within=("audience",)),
    Place("change_bulletin_draft", "coordinator", BulletinDraftChange, "bulletin_drafts"),
    Place("change_bulletin_draft", "coordinator", AudiencePartIn, "bulletin_audiences", within=("audience",)),
    Place("correct_bulletin", "coordinator", BulletinCorrectionIn, "bulletin_drafts"),
    Place("withdraw_bulletin", "coordinator", BulletinWithdrawalIn, "bulletins"),
)
