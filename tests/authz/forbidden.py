"""What nobody may do, in plain words: written by hand and apart from the table, in case the table is wrong."""

from dataclasses import dataclass, field
from typing import Any

from tests.authz.makings import HASH

PLAN: dict[str, Any] = {
    "code": "NEW-2",
    "name": "新计划",
    "registration_opens_on": "2026-01-01",
    "registration_closes_on": "2026-01-02",
    "exam_on": "2026-01-03",
}
RULE: dict[str, Any] = {
    "direction": "certificate_to_course",
    "entry_year_from": 2024,
    "entry_year_to": 2024,
    "certificate_level_id": "{own.spare_level_id}",
}
FEE: dict[str, Any] = {"exam_form": "computer", "fee_fen": 100, "basis": "测算", "effective_from": "2026-01-01"}


@dataclass(frozen=True)
class Example:
    """Somebody tries something and is refused; ids are written as in `{there.student_id}`."""

    says: str
    who: str
    asks: str
    refused: int
    body: dict[str, Any] = field(default_factory=dict[str, Any])


E = Example
STUDENT_S_ACCOUNT = "GET /v1/students/{%s.student_id}/credit-account"
ENTRIES = "GET /v1/credit-accounts/{%s.account_id}/entries"
PUSH = "POST /v1/partner/result-batches"
REGISTER = "POST /v1/exam-plans/{%s.plan_id}/registrations"

EXAMPLES = (
    E("a student reads a fellow student's account", "student", STUDENT_S_ACCOUNT % "fellow", 404),
    E("a student reads the account of a student of another institution", "student", STUDENT_S_ACCOUNT % "there", 404),
    E("a student lists the movements on a fellow student's account", "student", ENTRIES % "fellow", 404),
    E(
        "a student opens an account",
        "student",
        "POST /v1/credit-accounts:open",
        403,
        {"student_ids": ["{own.student_id}"]},
    ),
    E("a student lists exam plans", "student", "GET /v1/exam-plans", 403),
    E("a student registers themself", "student", REGISTER % "own", 403, {"registrations": []}),
    E("a student reads conversion rules", "student", "GET /v1/mappings", 403),
    E("a student reads the ledger", "student", "GET /v1/ledger/summary", 403),
    E("a teacher reads a student's account", "teacher", STUDENT_S_ACCOUNT % "own", 403),
    E("a teacher lists issued certificates", "teacher", "GET /v1/awards", 403),
    E(
        "a teacher agrees to a rule",
        "teacher",
        "POST /v1/mappings/{own.mappings[draft]}:agree",
        403,
        {"content_hash": HASH},
    ),
    E("an expert lists fee standards", "expert", "GET /v1/fee-standards", 403),
    E(
        "a coordinator reads the account of another college's student",
        "coordinator",
        STUDENT_S_ACCOUNT % "sibling",
        404,
    ),
    E("a coordinator lists the movements of another college's student", "coordinator", ENTRIES % "sibling", 404),
    E(
        "a coordinator opens an account for another college's student",
        "coordinator",
        "POST /v1/credit-accounts:open",
        409,
        {"student_ids": ["{sibling.spare_student_id}"]},
    ),
    E(
        "a coordinator registers another college's student",
        "coordinator",
        REGISTER % "own",
        409,
        {"registrations": [{"student_id": "{sibling.spare_student_id}", "certificate_level_id": "{own.level_id}"}]},
    ),
    E(
        "a coordinator proposes a rule for another college's programme",
        "coordinator",
        "POST /v1/mappings",
        404,
        RULE
        | {
            "programme_id": "{sibling.programme_id}",
            "courses": [{"course_id": "{sibling.course_id}", "credit": "1.00", "grade": "及格"}],
        },
    ),
    E(
        "a coordinator agrees to another college's rule",
        "coordinator",
        "POST /v1/mappings/{sibling.mappings[draft]}:agree",
        403,
        {"content_hash": HASH},
    ),
    E(
        "a coordinator approves their own college's rule",
        "coordinator",
        "POST /v1/mappings/{own.mappings[agreed]}:approve",
        403,
    ),
    E("a coordinator announces an exam plan", "coordinator", "POST /v1/exam-plans", 403, PLAN),
    E("a coordinator reads the ledger", "coordinator", "GET /v1/ledger/summary", 403),
    E("a registrar reads a student of another institution", "registrar", STUDENT_S_ACCOUNT % "there", 404),
    E("a registrar reads a plan of another institution", "registrar", "GET /v1/exam-plans/{there.plan_id}", 404),
    E("a registrar reads a rule of another institution", "registrar", "GET /v1/mappings/{there.mappings[draft]}", 404),
    E("a registrar reads a fee of another institution", "registrar", "GET /v1/fee-standards/{there.standard_id}", 404),
    E(
        "a registrar reads a programme of another institution",
        "registrar",
        "GET /v1/programmes/{there.programme_id}",
        404,
    ),
    E(
        "a registrar approves another institution's rule",
        "registrar",
        "POST /v1/mappings/{there.mappings[agreed]}:approve",
        404,
    ),
    E(
        "a registrar publishes another institution's rule",
        "registrar",
        "POST /v1/mappings/{there.mappings[filed]}:publish",
        404,
        {"effective_from": "2026-09-01"},
    ),
    E(
        "a registrar withdraws another institution's rule",
        "registrar",
        "POST /v1/mappings/{there.mappings[draft]}:withdraw",
        404,
        {"reason": "误报"},
    ),
    E(
        "a registrar agrees to a rule in the college's place",
        "registrar",
        "POST /v1/mappings/{own.mappings[draft]}:agree",
        403,
        {"content_hash": HASH},
    ),
    E(
        "a registrar announces a plan at another institution",
        "registrar",
        "POST /v1/exam-plans",
        404,
        PLAN | {"institution_id": "{there.institution_id}", "certificate_level_ids": ["{own.level_id}"]},
    ),
    E(
        "a registrar registers another institution's student for an own plan",
        "registrar",
        REGISTER % "own",
        409,
        {"registrations": [{"student_id": "{there.spare_student_id}", "certificate_level_id": "{own.level_id}"}]},
    ),
    E(
        "a registrar sets a fee at another institution",
        "registrar",
        "POST /v1/fee-standards",
        404,
        FEE | {"institution_id": "{there.institution_id}", "certificate_level_id": "{own.spare_level_id}"},
    ),
    E("a registrar issues a ceiling", "registrar", "POST /v1/fee-ceilings", 403, FEE),
    E("a registrar pushes results", "registrar", PUSH, 403, {"exam_plan_id": "{own.plan_id}", "rows": [{}]}),
    E(
        "a registrar lists candidates as an organisation does",
        "registrar",
        "GET /v1/partner/exam-plans/{own.plan_id}/candidates",
        403,
    ),
    E("an auditor approves a rule", "auditor", "POST /v1/mappings/{own.mappings[agreed]}:approve", 403),
    E(
        "an auditor opens accounts",
        "auditor",
        "POST /v1/credit-accounts:open",
        403,
        {"student_ids": ["{own.spare_student_id}"]},
    ),
    E("an auditor of one institution reads another's student", "auditor", STUDENT_S_ACCOUNT % "there", 404),
    E("an auditor of the platform reads a student", "platform_auditor", STUDENT_S_ACCOUNT % "own", 404),
    E("the operator reads a student's account", "operator", STUDENT_S_ACCOUNT % "own", 403),
    E("the operator lists issued certificates", "operator", "GET /v1/awards", 403),
    E("the security administrator reads the catalogue", "security_admin", "GET /v1/certificates", 403),
    E("the security administrator reads a student's account", "security_admin", STUDENT_S_ACCOUNT % "own", 403),
    E(
        "organisation B's staff agree to a rule of organisation A",
        "org_staff",
        "POST /v1/mappings/{others.mappings[draft]}:agree",
        404,
        {"content_hash": HASH},
    ),
    E("organisation staff read another organisation's plan", "org_staff", "GET /v1/exam-plans/{others.plan_id}", 404),
    E(
        "organisation staff read a fee for another's certificate",
        "org_staff",
        "GET /v1/fee-standards/{others.standard_id}",
        404,
    ),
    E("organisation staff approve a rule", "org_staff", "POST /v1/mappings/{own.mappings[agreed]}:approve", 403),
    E(
        "organisation staff announce an exam of another's certificate",
        "org_staff",
        "POST /v1/exam-plans",
        409,
        PLAN | {"institution_id": "{own.institution_id}", "certificate_level_ids": ["{others.level_id}"]},
    ),
    E(
        "organisation staff set a fee for another's certificate",
        "org_staff",
        "POST /v1/fee-standards",
        404,
        FEE | {"institution_id": "{own.institution_id}", "certificate_level_id": "{others.spare_level_id}"},
    ),
    E("organisation staff read a student's account", "org_staff", STUDENT_S_ACCOUNT % "own", 403),
    E(
        "organisation staff push results by hand",
        "org_staff",
        PUSH,
        403,
        {"exam_plan_id": "{own.plan_id}", "rows": [{}]},
    ),
    E(
        "a machine client pushes into another organisation's plan",
        "machine",
        PUSH,
        404,
        {"exam_plan_id": "{others.plan_id}", "rows": [{}]},
    ),
    E(
        "a machine client lists another organisation's candidates",
        "machine",
        "GET /v1/partner/exam-plans/{others.plan_id}/candidates",
        404,
    ),
    E(
        "a machine client reads another organisation's batch",
        "machine",
        "GET /v1/partner/result-batches/{others.batch_id}",
        404,
    ),
    E(
        "a machine client reads the rows of another's batch",
        "machine",
        "GET /v1/partner/result-batches/{others.batch_id}/rows",
        404,
    ),
    E("a machine client reads a student's account", "machine", STUDENT_S_ACCOUNT % "own", 403),
    E(
        "a machine client agrees to a rule",
        "machine",
        "POST /v1/mappings/{own.mappings[draft]}:agree",
        403,
        {"content_hash": HASH},
    ),
    E("a stranger reads the catalogue", "anonymous", "GET /v1/certificates", 401),
    E("a stranger asks who they are", "anonymous", "GET /v1/me", 401),
    E("a stranger pushes results", "anonymous", PUSH, 401, {"exam_plan_id": "{own.plan_id}", "rows": [{}]}),
)
