"""Every deed that takes a key: who does it, how it is asked for the n-th time, and what one doing adds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from tests.authz.calls import CALLS, Call, Json
from tests.authz.ground import Corner
from tests.world import World, identity_number
from x_pilot_api.core.area_router import contexts_of
from x_pilot_api.core.idempotency import get_once
from x_pilot_api.permission_table import entries

MUTATING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Storm:
    """One operation: two callers of different clients, the tables it adds a row to, the body of its n-th doing."""

    who: str
    other: str
    adds_to: str
    body: Callable[[World, Corner, int], Json]


def _students(world: World, _: Corner, n: int) -> Json:
    return {"student_ids": [str(world.schools[0].students[4 + n])]}


def _registrations(world: World, corner: Corner, n: int) -> Json:
    # The ninth has a seat on offer for the same level in another plan.
    student_id = str(world.schools[0].students[(4, 5, 6, 7, 3, 9)[n]])
    return {"registrations": [{"student_id": student_id, "certificate_level_id": str(corner.level_id)}]}


def _social(_: World, corner: Corner, n: int) -> Json:
    known = CALLS["register_social_candidates"](corner).body or {}
    (person,) = known["candidates"]
    return known | {"candidates": [person | {"document_number": identity_number(870 + n)}]}


def _social_people(_: World, corner: Corner, n: int) -> Json:
    known = CALLS["enrol_social_participants"](corner).body or {}
    (person,) = known["participants"]
    return {"participants": [person | {"document_number": identity_number(850 + n, region="320804")}]}


def _social_exam(_: World, corner: Corner, n: int) -> Json:
    known = CALLS["register_social_class"](corner).body or {}
    return known | {"participant_ids": [str(corner.social[f"person{n}"])]}


def _hours(_: World, corner: Corner, n: int) -> Json:
    return {"record_ids": [str(corner.social[f"logged{n}"])]}


def _rows(_: World, corner: Corner, n: int) -> Json:
    body = CALLS["push_result_batch"](corner).body or {}
    return body | {"rows": [row | {"org_result_id": f"STORM-{n}"} for row in body["rows"]]}


def _one_row(_: World, corner: Corner, n: int) -> Json:
    return (CALLS["push_result_file"](corner).body or {}) | {"org_result_id": f"STORM-{n}"}


def _vouchers(_: World, corner: Corner, n: int) -> Json:
    (row,) = (CALLS["record_vouchers"](corner).body or {})["rows"]
    return {"rows": [row | {"document_number": f"批{n}"}]}


def _years(operation: str) -> Callable[[World, Corner, int], Json]:
    def body(_: World, corner: Corner, n: int) -> Json:
        days = {"effective_from": f"{2031 + n}-01-01", "effective_to": f"{2032 + n}-01-01"}
        return (CALLS[operation](corner).body or {}) | days

    return body


def _terms(_: World, corner: Corner, n: int) -> Json:
    days = {"valid_from": f"{2031 + n}-01-01", "valid_until": f"{2031 + n}-12-31"}
    return (CALLS["grant_teacher_qualifications"](corner).body or {}) | days


def _anew(operation: str, *names: str) -> Callable[[World, Corner, int], Json]:
    """Ask for another thing each time, by other numbers of its own."""

    def body(_: World, corner: Corner, n: int) -> Json:
        known = CALLS[operation](corner).body or {}
        return known | dict.fromkeys(names, f"STORM-{n}")

    return body


def _programmes(_: World, corner: Corner, n: int) -> Json:
    return (CALLS["create_programme"](corner).body or {}) | {"code": f"59020{n}"}


def _students_anew(_: World, corner: Corner, n: int) -> Json:
    known = CALLS["create_student"](corner).body or {}
    return known | {"student_number": f"STORM-{n}", "document_number": identity_number(950 + n)}


def _plans(_: World, corner: Corner, n: int) -> Json:
    return (CALLS["draft_training_plan"](corner).body or {}) | {"entry_year": 2040 + n}


def _grades(_: World, corner: Corner, n: int) -> Json:
    return (CALLS["enter_course_grade"](corner).body or {}) | {"term": f"{2040 + n}-{2041 + n}-01"}


def _taught(_: World, corner: Corner, n: int) -> Json:
    return (CALLS["assign_course_teacher"](corner).body or {}) | {"term": f"{2040 + n}-{2041 + n}-01"}


def _decisions(operation: str, kind: str) -> Callable[[World, Corner, int], Json]:
    """Decide another conversion of a kind each time."""

    def body(_: World, corner: Corner, n: int) -> Json:
        ids = [str(corner.conversions[f"{kind}{n}"])]
        return (CALLS[operation](corner).body or {}) | {"conversion_ids": ids}

    return body


def _uses(course: str) -> Callable[[World, Corner, int], Json]:
    """Use an outcome for another course of a kind each time."""

    def body(_: World, corner: Corner, n: int) -> Json:
        courses = [{"course_id": str(corner.conversions[f"{course}{n}"]), "credit": "0.25"}]
        return {"wishes": [{"outcome_id": str(corner.conversions["outcome"]), "courses": courses}]}

    return body


def _own_withdrawals(_: World, corner: Corner, n: int) -> Json:
    return {"conversion_id": str(corner.conversions[f"own_withdrawn{n}"]), "reason": "改选"}


def _exemptions(_: World, corner: Corner, n: int) -> Json:
    (wish,) = (CALLS["request_offsets"](corner).body or {})["wishes"]
    return {"wishes": [wish | {"course_ids": [str(corner.conversions[f"offset_course{n}"])]}]}


def _own_exemptions(_: World, corner: Corner, n: int) -> Json:
    rule, course = corner.conversions["offset_rule"], corner.conversions[f"own_offset_course{n}"]
    return {"wishes": [{"mapping_id": str(rule), "course_ids": [str(course)]}]}


def _papers(_: World, corner: Corner, n: int) -> Json:
    (outcome,) = (CALLS["submit_outcomes"](corner).body or {})["outcomes"]
    document = outcome["document"] | {"number": f"STORM-{n}", "digest": f"{n:064x}"}
    return {"outcomes": [outcome | {"document": document}]}


def _outcomes(operation: str, kind: str) -> Callable[[World, Corner, int], Json]:
    """Decide another outcome of a kind each time."""

    def body(_: World, corner: Corner, n: int) -> Json:
        outcome_id = str(corner.conversions[f"out_{kind}{n}"])
        known = CALLS[operation](corner).body or {}
        if "outcomes" in known:
            return known | {"outcomes": [{"outcome_id": outcome_id, "credit": "1.00"}]}
        return known | {"outcome_ids": [outcome_id]}

    return body


STORMS: Mapping[str, Storm] = {
    "create_college": Storm("registrar", "coordinator", "colleges", _anew("create_college", "code")),
    "create_programme": Storm("registrar", "coordinator", "programmes", _programmes),
    "create_course": Storm("registrar", "coordinator", "courses", _anew("create_course", "code")),
    "draft_training_plan": Storm("registrar", "coordinator", "training_plans", _plans),
    "create_teacher": Storm("registrar", "coordinator", "teachers", _anew("create_teacher", "staff_number")),
    "assign_course_teacher": Storm("registrar", "coordinator", "course_teachers", _taught),
    "create_student": Storm("registrar", "coordinator", "students", _students_anew),
    "enter_course_grade": Storm("registrar", "coordinator", "course_grades", _grades),
    "open_credit_accounts": Storm("registrar", "coordinator", "credit_accounts", _students),
    "request_conversions": Storm("student", "coordinator", "conversions", _uses("course")),
    "request_offsets": Storm("student", "coordinator", "conversions", _exemptions),
    "agree_conversions": Storm(
        "coordinator", "sibling_coordinator", "conversion_decisions", _decisions("agree_conversions", "college")
    ),
    "approve_conversions": Storm(
        "registrar", "registrar_2", "conversion_decisions", _decisions("approve_conversions", "registrar")
    ),
    "confirm_conversions": Storm(
        "org_staff", "org_staff_2", "conversion_decisions", _decisions("confirm_conversions", "organisation")
    ),
    "record_bank_answer": Storm(
        "registrar", "registrar_2", "conversion_decisions", _decisions("record_bank_answer", "bank")
    ),
    "refuse_conversions": Storm(
        "coordinator", "sibling_coordinator", "conversion_decisions", _decisions("refuse_conversions", "refused")
    ),
    "withdraw_conversions": Storm(
        "student", "coordinator", "conversion_decisions", _decisions("withdraw_conversions", "withdrawn")
    ),
    "settle_conversions": Storm(
        "registrar", "registrar_2", "conversion_decisions", _decisions("settle_conversions", "flagged")
    ),
    "load_conversion_policy": Storm(
        "registrar", "registrar_2", "conversion_policies", _anew("load_conversion_policy", "document_number")
    ),
    "submit_outcomes": Storm("student", "coordinator", "submitted_outcomes", _papers),
    "verify_outcomes": Storm(
        "coordinator", "sibling_coordinator", "submission_decisions", _outcomes("verify_outcomes", "submitted")
    ),
    "recognise_outcomes": Storm(
        "registrar", "registrar_2", "submission_decisions", _outcomes("recognise_outcomes", "verified")
    ),
    "refuse_outcomes": Storm(
        "coordinator", "sibling_coordinator", "submission_decisions", _outcomes("refuse_outcomes", "refused")
    ),
    "withdraw_outcomes": Storm(
        "student", "coordinator", "submission_decisions", _outcomes("withdraw_outcomes", "withdrawn")
    ),
    "settle_outcomes": Storm(
        "registrar", "registrar_2", "submission_decisions", _outcomes("settle_outcomes", "flagged")
    ),
    "load_recognition_policy": Storm(
        "registrar", "registrar_2", "recognition_policies", _anew("load_recognition_policy", "document_number")
    ),
    "load_expiry_policy": Storm(
        "registrar", "registrar_2", "expiry_policies", _anew("load_expiry_policy", "document_number")
    ),
    "request_own_conversions": Storm("student", "student_2", "conversions", _uses("own_course")),
    "request_own_offsets": Storm("student", "student_2", "conversions", _own_exemptions),
    "withdraw_own_conversion": Storm("student", "student_2", "conversion_decisions", _own_withdrawals),
    "register_students": Storm("registrar", "coordinator", "registrations", _registrations),
    "register_social_candidates": Storm("registrar", "coordinator", "registrations", _social),
    "push_result_batch": Storm("machine", "machine_2", "result_batches", _rows),
    "push_result_file": Storm("machine", "machine_2", "result_batches", _one_row),
    "load_policy_limit": Storm("registrar", "registrar_2", "policy_limits", _years("load_policy_limit")),
    "issue_fee_ceiling": Storm("operator", "second_operator", "fee_ceilings", _years("issue_fee_ceiling")),
    "relieve_charge": Storm("registrar", "registrar_2", "charge_reliefs", _anew("relieve_charge", "document_number")),
    "refund_charge": Storm("registrar", "registrar_2", "charge_refunds", _anew("refund_charge", "document_number")),
    "enrol_social_participants": Storm("registrar", "coordinator", "social_participants", _social_people),
    "register_social_class": Storm("registrar", "coordinator", "social_registrations", _social_exam),
    "verify_workload": Storm("registrar", "coordinator", "journal_entries", _hours),
    "record_vouchers": Storm("registrar", "coordinator", "payments", _vouchers),
    "propose_fee_standard": Storm("registrar", "coordinator", "fee_standards", _years("propose_fee_standard")),
    "grant_teacher_qualifications": Storm("registrar", "registrar_2", "teacher_qualifications", _terms),
}

_READ_FIRST = "what is changed or removed is named by the copy that was read, or by its state"
KEYLESS: Mapping[str, str] = {
    **dict.fromkeys(("colleges", "programmes", "courses", "training_plans", "teachers", "students"), _READ_FIRST),
    "course_teachers": "who teaches a course in a term is there once, and removed once",
    "course_grades": "the latest revision is corrected, and then it is no longer the latest",
    "result_uploads": "an upload moves nothing, and its state admits confirming once",
    "quarantine": "a proposal moves nothing, and its state admits a decision once",
    "result_visibility": "instants are set for the copy that was read",
    "result_notices": "there is one notice a plan, and it moves nothing",
    "result_objections": "one objection to a result is open; its state admits each deed once",
    "my_space": "what is one's own has a state that admits each deed once; what moves credits takes a key",
    "joint_exams": "a draft is one a programme and level; it is laid down as it was read, and each deed once",
    "joint_grades": "what is flagged is settled once, and then it is in step",
    "results": "a revision tells one push of a result from the next",
    "mapping_objections": "an objection moves nothing, and is answered once",
    "policy_limits": "loading takes a key; withdrawing a limit twice leaves it withdrawn",
    "mappings": "a rule moves nothing until awards come under it; its state admits each deed once",
    "participations": "there is one a year, and its state admits each deed once; a quota is set, not added to",
    "college_posts": "a proposal moves nothing, one person is in charge at a time, and a state admits each deed once",
    "working_groups": "a proposal moves nothing; its state admits each deed once, and a leader begins once on a day",
    "lead_units": "a list sent again finds each line there already, and a term ends once",
    "pilot_sessions": "a session moves nothing; whoever took part is there once, and a state admits each deed once",
    "collection_rounds": "there is one a year; it is open or closed",
    "report_types": "a code is there once, a version is made of the copy that was read, and no day is opened twice",
    "reports": "words are set as they were read, and the state admits submitting and each answer once",
    "college_schemes": "one version is drawn up at a time, changed and put in force as it was read",
    "college_assessments": "a year is there once and a college once in it; words are set as they were read, and a state"
    " admits submitting, each answer and a ranking once",
    "supervision_findings": "a finding moves nothing, and its state admits each deed once",
    "feed_records": "a certificate's revision is there once, is sent once, and a receipt is taken once",
    "programme_returns": "figures are set as they were read, and the state admits each answer once",
    "policy_documents": "a document has one draft; it is changed and published as it was read, and repealed once",
    "typical_cases": "a case begun twice is a draft too many; its state admits each deed once, a reviewer says it once",
    "bulletins": "a draft is changed and published as it was read, once; what was read is read",
    "certificate_categories": "a code is there once, and a category is changed as it was read",
    "seed_teachers": "one nomination of a teacher, category and tier is open; its state admits each deed once",
    "training_consortia": "a name is there once; nobody is a member twice at a time, and there is one lead",
    "qualifications": "granting takes a key; a qualification is revoked once",
    "seats": "who changes seats names the seating that was read, and giving them out again gives the same",
    "sitting_papers": "printing a sitting again moves nobody; the latest bundle counts",
    "check_ins": "a record has a nonce of its own and counts once; a list is given out anew",
    "attendance": "a settlement says how it is, and said twice it is the same",
    "exam_incidents": "nothing follows before a second person decides, and the state admits one decision",
    "registrations": "a person is registered once for a level of a plan, and its state admits each deed once",
    "exam_plans": "a plan moves nothing; its code is there once, its state admits a deed once, and days are set",
    "exam_sittings": "a sitting's code is there once in its plan; it is changed as it was read, and cancelled once",
    "fee_standards": "proposing takes a key; a fee's state admits each deed once, on the copy that was read",
    "fee_ceilings": "issuing takes a key; a file sent again overlaps with what it brought",
    "cost_sheets": "one version is open at a time; it is changed as it was read, and its state admits each deed once",
    "cost_change_limits": "one limit begins on a day",
    "sites": "a site's code and a room's are there once; an application's state admits each deed once",
    "credit_accounts": "an account's state admits freezing, going on and closing once each; opening takes a key",
    "catch_ups": "a run is named by its digest; once it is posted, the digest stands for nothing any more",
    "messages": "a message that was read is read",
    "message_preferences": "a kind is mailed or not",
    "mail_addresses": "an address is given anew, and its code is good once",
    "jobs": "a job's state admits each deed once",
    "imports": "an upload is previewed and moves nothing; an import's state admits confirming and undoing once",
    "sessions": "ending a session twice leaves it ended",
    "passwords": "the current password is asked for, and after the change it is another",
    "password_links": "a link moves nothing, and a newer one ends it",
    "second_factors": "a second factor is begun anew until a code of it is given back, once",
    "identity_documents": "a number is shown and moves nothing, and each look goes on record",
    "people": "a user name is there once; a person is disabled or not",
    "roles": "a role is held once, and withdrawn once",
    "clients": "a client moves nothing; revoking it twice leaves it revoked",
    "client_keys": "a key is registered once, and approved once",
    "webhooks": "an endpoint moves nothing; a delivery bears the id of its event however often it is sent",
    "organisations": "a name and a code are there once",
    "certificates": "a name and a level are there once; a scheme's version is there once",
    "reviews": "one review of a certificate at a college is open; its state admits a deed once, an expert votes once",
    "review_policies": "a version is there once, and moves nothing until a review is begun",
    "training": "a project's, a record's and an enrolment's state admits each deed once; a requirement has a version",
    "teach_outs": "a change is made to the copy it names",
    "feedback": "feedback moves nothing; its state admits each deed once",
    "awards": "a certificate's state, and its paper's, admits each deed once; one wish for another paper is open",
    "award_shares": "a link moves nothing, and its secret is told once; recalling it twice leaves it recalled",
    "number_patterns": "a version is there once, and moves nothing until a certificate is issued under it",
    "guarantees": "an attempt comes back from a registration once",
    "charges": "what is charged is not charged again; letting off and giving back take a key",
    "charge_rules": "a rule of a scope holds once a day, and one of a group begins once on a day",
    "payments": "a document counts once on a charge, an order is begun once, and a state admits one decision",
    "settlements": "a plan has one open settlement; its state admits each deed once, by the hash of what was read",
    "guarantee_forecasts": "a forecast moves nothing, and while one waits no second one is asked for",
    "graduation_days": "a revision moves nothing, and the latest counts",
    "fee_budgets": "a revision moves nothing, and the latest counts",
    "pilot_problems": "a problem moves nothing, and its state admits each deed once",
    "consultations": "a party and a questionnaire are there once; minutes and follow-ups move by their state",
    "guidance": "an occasion moves nothing, and is corrected on the copy that was read",
    "social_classes": "adding people and entering them for an exam take a key; a class's state admits each deed once",
    "workload": "verifying takes a key; a day is logged once, and a record's state admits each deed once",
    "workload_ratios": "a day has one ratio",
    "corrections": "one case about a certificate is open; its state admits confirming once, by the preview's digest",
    "events": "a test event moves nothing, and says that it is one",
}
"""Why the deeds of these permissions take no key, by the permission's noun; the public ones move nothing."""


def call_of(operation: str, corner: Corner, world: World, n: int) -> Call:
    """Ask for an operation's n-th doing."""
    return replace(CALLS[operation](corner), body=STORMS[operation].body(world, corner, n))


def _walk(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for inner in dependant.dependencies:
        yield from _walk(inner)


def keyed(app: FastAPI) -> set[str]:
    """List the operations that read a key."""
    return {
        context.unique_id
        for context in contexts_of(app)
        if hasattr(context, "dependant") and any(inner.call is get_once for inner in _walk(context.dependant))
    }


def unmatched(app: FastAPI) -> list[str]:
    """List the mutating operations that take no key without a reason, and those with a key that no storm tries."""
    with_key = keyed(app)
    return [
        *(
            f"{entry.operation}: takes no key, and no reason why"
            for entry in entries(app)
            if entry.method in MUTATING
            and entry.operation not in with_key
            and entry.permission is not None
            and entry.permission.partition(":")[0] not in KEYLESS
        ),
        *(f"{operation}: takes a key, and no storm tries it" for operation in sorted(with_key - STORMS.keys())),
        *(f"{operation}: a storm, but no route with a key" for operation in sorted(STORMS.keys() - with_key)),
    ]
