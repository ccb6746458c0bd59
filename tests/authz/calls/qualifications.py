"""How the operations on seed teachers, consortia and qualifications are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner

_END = {"until_on": "2026-12-31", "ending": "期满"}
_REASON = "材料不足"
_EVIDENCE = {"evidence": "指导学生取证", "evidence_references": ["PX-1"]}


def _category(corner: Corner) -> str:
    return f"/v1/certificate-categories/{corner.qualifications['category']}"


def _seed(corner: Corner, state: str) -> str:
    return f"/v1/seed-teachers/{corner.qualifications[state]}"


def _consortium(corner: Corner) -> str:
    return f"/v1/training-consortia/{corner.qualifications['consortium']}"


def _change(corner: Corner) -> Call:
    body = {"name": "财会类", "certificate_ids": [str(corner.certificate_id)]}
    return Call("PUT", _category(corner), body=body)


def _held_by(corner: Corner) -> Call:
    return list_of(
        corner, "/v1/teacher-qualifications", college_id=corner.college_id, certificate_level_id=corner.level_id
    )


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_certificate_categories": lambda _: get("/v1/certificate-categories", page_size=100),
    "create_certificate_category": lambda at: post(
        "/v1/certificate-categories", code="NEW", name="新类别", certificate_ids=[str(at.certificate_id)]
    ),
    "get_certificate_category": lambda at: get(_category(at)),
    "change_certificate_category": _change,
    "list_seed_teachers": lambda at: list_of(at, "/v1/seed-teachers", college_id=at.college_id),
    "nominate_seed_teacher": lambda at: post(
        "/v1/seed-teachers",
        teacher_id=at.register["teacher"],
        certificate_category_id=at.qualifications["category"],
        tier="3",
        **_EVIDENCE,
    ),
    "get_seed_teacher": lambda at: get(_seed(at, "active")),
    "certify_seed_teacher": lambda at: post(
        f"{_seed(at, 'nominated')}:certify", document_number="教1", valid_from="2026-01-01", valid_until="2090-12-31"
    ),
    "decline_seed_teacher": lambda at: post(f"{_seed(at, 'nominated')}:decline", reason=_REASON),
    "renew_seed_teacher": lambda at: post(f"{_seed(at, 'active')}:renew", **_EVIDENCE),
    "revoke_seed_teacher": lambda at: post(f"{_seed(at, 'active')}:revoke", reason=_REASON),
    "list_training_consortia": lambda at: list_of(
        at, "/v1/training-consortia", certificate_category_id=at.qualifications["category"]
    ),
    "found_training_consortium": lambda at: post(
        "/v1/training-consortia",
        certificate_category_id=at.qualifications["category"],
        name="新联合体",
        purpose="培训",
        document_number="教2",
        from_on="2026-01-01",
        lead={"college_id": str(at.college_id)},
    ),
    "get_training_consortium": lambda at: get(_consortium(at)),
    "add_consortium_member": lambda at: post(
        f"{_consortium(at)}/members", college_id=at.college_id, from_on="2026-06-01"
    ),
    "end_consortium_member": lambda at: post(f"/v1/consortium-members/{at.qualifications['member']}:end", **_END),
    "hand_over_consortium_lead": lambda at: post(
        f"{_consortium(at)}:hand-over-lead", college_id=at.college_id, from_on="2026-06-01"
    ),
    "close_training_consortium": lambda at: post(f"{_consortium(at)}:close", **_END),
    "list_teacher_qualifications": _held_by,
    "grant_teacher_qualifications": lambda at: post(
        "/v1/teacher-qualifications:grant",
        kind="examine",
        teacher_ids=[str(at.register["teacher"])],
        certificate_level_ids=[str(at.level_id)],
        valid_from="2026-01-01",
        document_number="培1",
    ),
    "revoke_teacher_qualification": lambda at: post(
        f"/v1/teacher-qualifications/{at.qualifications['held']}:revoke", reason=_REASON
    ),
    "list_qualification_coverage": lambda at: list_of(at, "/v1/qualification-coverage", college_id=at.college_id),
    "get_examiner_coverage": lambda at: get(f"/v1/exam-sittings/{at.sites['sitting']}/examiner-coverage"),
    "list_examiner_coverage": lambda at: get(f"/v1/exam-plans/{at.plan_id}/examiner-coverage"),
}
