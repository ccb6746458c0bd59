"""How each operation is asked for: one line an operation, its ids taken from a corner of the ground."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.authz import makings
from tests.authz.ground import PASSWORD, Corner
from tests.identity import keys

Json = dict[str, Any]
NEW_PASSWORD = "a giraffe reads the timetable"
HOOKS = "/v1/partner/webhook-endpoints"
_KEY = keys.Holder("-")


@dataclass(frozen=True)
class Call:
    """One request; `shown` are the owners whose marks the answer may hold whoever asks."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Json | None = None
    form: Mapping[str, str] | None = None
    shown: frozenset[str] = frozenset()

    @property
    def asked(self) -> str:
        """Write down everything that the request says."""
        return f"{self.path} {dict(self.query)} {self.body}"


def _get(path: str, **query: object) -> Call:
    return Call("GET", path, {name: str(value) for name, value in query.items()})


def _post(path: str, **body: object) -> Call:
    return Call("POST", path, body={name: _plain(value) for name, value in body.items()})


def _deed(path: str) -> Call:
    return Call("POST", path)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


def _list(corner: Corner, path: str, **filters: object) -> Call:
    """List everything for one's own, and what one has no business with by its filters."""
    return _get(path, page_size=100, **({} if corner.relation == "own" else filters))


def _plan(corner: Corner) -> Json:
    return {
        "institution_id": str(corner.institution_id),
        "code": "NEW-1",
        "name": "新计划",
        "certificate_level_ids": [str(corner.level_id)],
        "registration_opens_on": str(makings.today()),
        "registration_closes_on": str(makings.today()),
        "exam_on": str(makings.today() + timedelta(days=1)),
    }


def _row(corner: Corner) -> Json:
    return {
        "org_result_id": "NEW-1",
        "revision": 1,
        "admission_number": corner.admission_number,
        "document_number": corner.document_number,
        "activity": "present",
        "grading": "final",
        "components": {"theory": "80.00", "practical": "80.00"},
        "total": "80.00",
        "passed": True,
    }


def _coordinator(corner: Corner) -> Json:
    return {
        "role": "coordinator",
        "institution_id": str(corner.institution_id),
        "college_id": str(corner.college_id),
    }


def _ceiling(_: Corner) -> Call:
    return _post(
        "/v1/fee-ceilings",
        exam_form="paper",
        amount_fen=100,
        document_number="文1",
        issuing_body="委",
        effective_from="2026-01-01",
    )


def _standard(corner: Corner) -> Call:
    return _post(
        "/v1/fee-standards",
        institution_id=corner.institution_id,
        certificate_level_id=corner.spare_level_id,
        exam_form="computer",
        fee_fen=100,
        basis="测算",
        effective_from="2026-01-01",
    )


def _mapping(corner: Corner) -> Call:
    return _post(
        "/v1/mappings",
        programme_id=corner.programme_id,
        certificate_level_id=corner.spare_level_id,
        direction="certificate_to_course",
        entry_year_from=2024,
        entry_year_to=2025,
        courses=[{"course_id": str(corner.course_id), "credit": "1.00", "grade": "良好"}],
    )


def _sign_in(_: Corner) -> Call:
    form = {"grant_type": "password", "username": "operator", "password": PASSWORD}
    return Call("POST", "/v1/auth/token", form=form)


def _verify(corner: Corner) -> Call:
    # Whoever was shown a certificate may learn what is printed on it, but for the holder's full name.
    return replace(_get(f"/v1/verify/{corner.verification_code}"), shown=corner.shown)


def _client(corner: Corner) -> str:
    return f"/v1/machine-clients/{corner.machine_client_id}"


def _deed_on(corner: Corner, state: str, deed: str, **body: object) -> Call:
    call = _post(f"/v1/mappings/{corner.mappings[state]}:{deed}", **body)
    return call if body else _deed(call.path)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "check_health": lambda _: _get("/healthz"),
    "check_readiness": lambda _: _get("/readyz"),
    "list_signing_keys": lambda _: _get("/.well-known/jwks.json"),
    "list_problems": lambda _: _get("/problems"),
    "get_problem": lambda _: _get("/problems/ceiling_exceeded"),
    "list_awards": lambda at: _list(at, "/v1/awards", student_id=at.student_id, certificate_level_id=at.level_id),
    "list_certificates": lambda at: _list(at, "/v1/certificates", organisation_id=at.organisation_id),
    "get_certificate": lambda at: _get(f"/v1/certificates/{at.certificate_id}"),
    "open_credit_accounts": lambda at: _post("/v1/credit-accounts:open", student_ids=[str(at.spare_student_id)]),
    "get_credit_account": lambda at: _get(f"/v1/students/{at.student_id}/credit-account"),
    "list_credit_entries": lambda at: _get(f"/v1/credit-accounts/{at.account_id}/entries"),
    "list_exam_plans": lambda at: _list(at, "/v1/exam-plans"),
    "get_exam_plan": lambda at: _get(f"/v1/exam-plans/{at.plan_id}"),
    "announce_exam_plan": lambda at: _post("/v1/exam-plans", **_plan(at)),
    "register_students": lambda at: _post(
        f"/v1/exam-plans/{at.plan_id}/registrations",
        registrations=[{"student_id": str(at.spare_student_id), "certificate_level_id": str(at.level_id)}],
    ),
    "list_fee_ceilings": lambda at: _list(at, "/v1/fee-ceilings"),
    "issue_fee_ceiling": _ceiling,
    "get_fee_ceiling": lambda at: _get(f"/v1/fee-ceilings/{at.ceiling_id}"),
    "list_fee_standards": lambda at: _list(at, "/v1/fee-standards", certificate_level_id=at.level_id),
    "propose_fee_standard": _standard,
    "get_fee_standard": lambda at: _get(f"/v1/fee-standards/{at.standard_id}"),
    "issue_token": _sign_in,
    "sign_out": lambda _: _deed("/v1/auth/sign-out"),
    "list_sessions": lambda _: _get("/v1/me/sessions"),
    "end_other_sessions": lambda _: _deed("/v1/me/sessions:end-others"),
    "end_session": lambda at: Call("DELETE", f"/v1/me/sessions/{at.session_id}"),
    "choose_password_by_link": lambda _: _post(
        "/v1/auth/password-by-link", token=makings.LINK, new_password=NEW_PASSWORD
    ),
    "change_password": lambda _: _post("/v1/me/password", current_password=PASSWORD, new_password=NEW_PASSWORD),
    "prove_again": lambda _: _post("/v1/auth/step-up", password=PASSWORD),
    "get_second_factor": lambda _: _get("/v1/me/second-factor"),
    "enrol_second_factor": lambda _: _deed("/v1/me/second-factor:enrol"),
    "confirm_second_factor": lambda _: _post("/v1/me/second-factor:confirm", code=makings.code()),
    "issue_password_link": lambda at: _deed(f"/v1/people/{at.person_id}/password-links"),
    "remove_second_factor": lambda at: _deed(f"/v1/people/{at.person_id}:remove-second-factor"),
    "read_me": lambda _: _get("/v1/me"),
    "list_organisations": lambda at: _list(at, "/v1/organisations"),
    "get_organisation": lambda at: _get(f"/v1/organisations/{at.organisation_id}"),
    "list_jobs": lambda at: _list(at, "/v1/jobs"),
    "get_job": lambda at: _get(f"/v1/jobs/{at.job_ids['queued']}"),
    # A job that has ended is told in one event, so that the stream ends too.
    "follow_job": lambda at: _get(f"/v1/jobs/{at.job_ids['failed']}/events"),
    "cancel_job": lambda at: _deed(f"/v1/jobs/{at.job_ids['queued']}:cancel"),
    "retry_job": lambda at: _deed(f"/v1/jobs/{at.job_ids['failed']}:retry"),
    "summarise_ledger": lambda _: _get("/v1/ledger/summary"),
    "list_mappings": lambda at: _list(
        at, "/v1/mappings", programme_id=at.programme_id, certificate_level_id=at.level_id
    ),
    "propose_mapping": _mapping,
    "get_mapping": lambda at: _get(f"/v1/mappings/{at.mappings['published']}"),
    "agree_mapping": lambda at: _deed_on(at, "draft", "agree", content_hash=makings.HASH),
    "approve_mapping": lambda at: _deed_on(at, "agreed", "approve"),
    "file_mapping": lambda at: _deed_on(at, "approved", "file", filing_number="备1", filed_on="2026-01-01"),
    "publish_mapping": lambda at: _deed_on(at, "filed", "publish", effective_from="2026-09-01"),
    "withdraw_mapping": lambda at: _deed_on(at, "draft", "withdraw", reason="误报"),
    "list_audit_events": lambda at: _list(at, "/v1/audit-events", object_id=at.institution_id),
    "export_audit_events": lambda at: _get("/v1/audit-events:export", object_id=at.institution_id),
    "list_checkpoints": lambda at: _get(f"/v1/logs/{at.institution_id}/checkpoints"),
    "get_latest_checkpoint": lambda at: _get(f"/v1/logs/{at.institution_id}/checkpoints/latest"),
    "prove_inclusion": lambda at: _get(f"/v1/logs/{at.institution_id}/proofs/inclusion", leaf="A" * 43 + "="),
    "prove_consistency": lambda at: _get(f"/v1/logs/{at.institution_id}/proofs/consistency", first=1, second=1),
    "verify_award": _verify,
    "list_people": lambda _: _get("/v1/people", page_size=100),
    "get_person": lambda at: _get(f"/v1/people/{at.person_id}"),
    "create_person": lambda at: _post("/v1/people", username="new.person", name="新人", roles=[_coordinator(at)]),
    "rename_person": lambda at: Call("PATCH", f"/v1/people/{at.person_id}", body={"name": "新名"}),
    "disable_person": lambda at: _deed(f"/v1/people/{at.person_id}:disable"),
    "enable_person": lambda at: _deed(f"/v1/people/{at.person_id}:enable"),
    "grant_role": lambda at: _post(f"/v1/people/{at.person_id}/roles", role="expert", institution_id=at.institution_id),
    "withdraw_role": lambda at: Call("DELETE", f"/v1/people/{at.person_id}/roles/{at.role_id}"),
    "list_programmes": lambda at: _list(at, "/v1/programmes", college_id=at.college_id),
    "get_programme": lambda at: _get(f"/v1/programmes/{at.programme_id}"),
    "list_machine_clients": lambda at: _list(at, "/v1/machine-clients"),
    "create_machine_client": lambda _: _post(
        "/v1/machine-clients", name="新系统", is_test=True, scopes=["plans:read"], with_secret=True
    ),
    "get_machine_client": lambda at: _get(_client(at)),
    "change_machine_client": lambda at: Call("PATCH", _client(at), body={"scopes": ["plans:read"]}),
    "revoke_machine_client": lambda at: _deed(f"{_client(at)}:revoke"),
    "list_client_keys": lambda at: _get(f"{_client(at)}/keys"),
    "add_client_key": lambda at: _post(f"{_client(at)}/keys", public_jwk=_KEY.public.jwk()),
    "approve_client_key": lambda at: _deed(f"{_client(at)}/keys/{at.waiting_key_id}:approve"),
    "revoke_client_key": lambda at: _deed(f"{_client(at)}/keys/{at.waiting_key_id}:revoke"),
    "list_partner_exam_plans": lambda at: _list(at, "/v1/partner/exam-plans"),
    "list_partner_candidates": lambda at: _get(f"/v1/partner/exam-plans/{at.plan_id}/candidates"),
    "push_result_batch": lambda at: _post("/v1/partner/result-batches", exam_plan_id=at.plan_id, rows=[_row(at)]),
    "get_result_batch": lambda at: _get(f"/v1/partner/result-batches/{at.batch_id}"),
    "list_partner_events": lambda _: _get("/v1/partner/events"),
    "send_test_event": lambda _: _deed("/v1/partner/events:test"),
    "create_webhook_endpoint": lambda _: _post(HOOKS, url="https://new.example/in", description="新"),
    "list_webhook_endpoints": lambda _: _get(HOOKS, page_size=100),
    "get_webhook_endpoint": lambda at: _get(f"{HOOKS}/{at.endpoint_id}"),
    "change_webhook_endpoint": lambda at: Call("PATCH", f"{HOOKS}/{at.endpoint_id}", body={"description": "新"}),
    "disable_webhook_endpoint": lambda at: _deed(f"{HOOKS}/{at.endpoint_id}:disable"),
    "enable_webhook_endpoint": lambda at: _deed(f"{HOOKS}/{at.endpoint_id}:enable"),
    "rotate_webhook_secret": lambda at: _deed(f"{HOOKS}/{at.endpoint_id}:rotate-secret"),
    "test_webhook_endpoint": lambda at: _deed(f"{HOOKS}/{at.endpoint_id}:test"),
    "replay_webhook_events": lambda at: _post(
        f"{HOOKS}/{at.endpoint_id}:replay", since="2026-01-01T00:00:00Z", until="2026-01-02T00:00:00Z"
    ),
    "list_webhook_deliveries": lambda at: _get(f"{HOOKS}/{at.endpoint_id}/deliveries"),
    "get_webhook_delivery": lambda at: _get(f"{HOOKS}/{at.endpoint_id}/deliveries/{at.delivery_id}"),
    "replay_webhook_delivery": lambda at: _deed(f"{HOOKS}/{at.endpoint_id}/deliveries/{at.delivery_id}:replay"),
    "list_result_batch_rows": lambda at: _get(f"/v1/partner/result-batches/{at.batch_id}/rows"),
}

MIXTURES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "own_plan_foreign_student": ("own", "other_institution", ("spare_student_id",)),
    "own_plan_sibling_student": ("own", "sibling_college", ("spare_student_id",)),
    "own_plan_foreign_level": ("own", "other_organisation", ("level_id",)),
    "foreign_plan_own_student": ("other_institution", "own", ("spare_student_id",)),
    "own_plan_foreign_candidate": ("own", "other_organisation", ("admission_number", "document_number")),
    "own_programme_foreign_course": ("own", "other_institution", ("course_id",)),
    "own_programme_sibling_course": ("own", "sibling_college", ("course_id",)),
    "foreign_place_own_level": ("other_institution", "own", ("level_id", "spare_level_id")),
}
"""Requests half of whose ids are somebody else's: the first relation's corner with some ids of the second's."""


def corner_of(corners: Mapping[str, Corner], relation: str) -> Corner:
    """Find the corner of a relation, mixing two where the relation is a mixture."""
    if relation in corners:
        return corners[relation]
    base, other, names = MIXTURES[relation]
    return replace(corners[base], relation=relation, **{name: getattr(corners[other], name) for name in names})


def headers_of(call: Call) -> dict[str, str]:
    """Give each deed a key of its own; who needs none ignores it."""
    return {} if call.method == "GET" else {"Idempotency-Key": uuid4().hex}
