"""How the operations of policies, typical cases and bulletins are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.calls.public import PUBLISHED
from tests.authz.ground import Corner

_CONTENT: dict[str, Any] = {
    "title": "考核管理办法",
    "issuing_body": "教务处",
    "issued_on": "2027-01-01",
    "kind": "measures",
    "level": "institution",
    "in_force_from": "2027-01-01",
    "body": "第一条",
}
_CASE = {"title": "案例", "summary": "摘要", "body": "正文"}
_BULLETIN = {"title": "通知", "body": "正文", "down_on": "2090-01-01"}


def _of(corner: Corner, noun: str, name: str, rest: str = "") -> str:
    return f"/v1/{noun}/{corner.publications[name]}{rest}"


def _put(path: str, body: dict[str, Any]) -> Call:
    return Call("PUT", path, body=body)


def _told(corner: Corner) -> list[dict[str, Any]]:
    return [{"role": "student", "college_id": str(corner.college_id)}]


def _public(path: str, **filters: object) -> Call:
    return replace(get(f"/v1/public/{path}", **filters), shown=PUBLISHED)


_POLICIES: Mapping[str, Callable[[Corner], Call]] = {
    "search_policy_documents": lambda _: get("/v1/policy-documents", text="政策", page_size=100),
    "get_policy_document": lambda at: get(_of(at, "policy-documents", "policy")),
    "get_policy_version": lambda at: get(_of(at, "policy-documents", "policy", "/versions/1")),
    "compare_policy_versions": lambda at: get(_of(at, "policy-documents", "policy", "/comparison"), before=1, after=1),
    "repeal_policy_document": lambda at: post(
        _of(at, "policy-documents", "policy", ":repeal"), repealed_on="2090-01-01", repeal_note="停用"
    ),
    "list_policy_drafts": lambda _: get("/v1/policy-drafts", page_size=100),
    "draft_policy": lambda at: post(
        "/v1/policy-drafts", policy_document_id=at.publications["policy"], content=_CONTENT
    ),
    "get_policy_draft": lambda at: get(_of(at, "policy-drafts", "policy_draft")),
    "change_policy_draft": lambda at: _put(_of(at, "policy-drafts", "policy_draft"), _CONTENT),
    "discard_policy_draft": lambda at: Call("DELETE", _of(at, "policy-drafts", "policy_draft")),
    "publish_policy_draft": lambda at: deed(_of(at, "policy-drafts", "policy_draft", ":publish")),
}
_CASES: Mapping[str, Callable[[Corner], Call]] = {
    "list_typical_cases": lambda at: list_of(at, "/v1/typical-cases", college_id=at.college_id),
    "begin_typical_case": lambda at: post("/v1/typical-cases", college_id=at.college_id, **_CASE),
    "get_typical_case": lambda at: get(_of(at, "typical-cases", "submitted")),
    "change_typical_case": lambda at: _put(_of(at, "typical-cases", "draft"), _CASE),
    "submit_typical_case": lambda at: deed(_of(at, "typical-cases", "draft", ":submit")),
    "assess_typical_case": lambda at: post(
        _of(at, "typical-cases", "submitted", ":assess"), recommends=True, opinion="可推广"
    ),
    "send_back_typical_case": lambda at: post(_of(at, "typical-cases", "submitted", ":send-back"), comment="补充"),
    "accept_typical_case": lambda at: post(_of(at, "typical-cases", "submitted", ":accept"), comment="同意"),
    "publish_typical_case": lambda at: post(_of(at, "typical-cases", "accepted", ":publish"), comment="公开"),
    "take_down_typical_case": lambda at: post(_of(at, "typical-cases", "published", ":take-down"), comment="过时"),
    "list_public_cases": lambda at: _public("typical-cases", institution_id=at.institution_id),
    "get_public_case": lambda at: _public(f"typical-cases/{at.publications['published']}"),
}
_BULLETINS: Mapping[str, Callable[[Corner], Call]] = {
    "list_bulletins": lambda _: get("/v1/bulletins", page_size=100),
    "count_bulletins": lambda _: get("/v1/bulletins:count"),
    "list_issued_bulletins": lambda _: get("/v1/bulletins:issued", page_size=100),
    "get_bulletin": lambda at: get(_of(at, "bulletins", "bulletin")),
    "read_bulletin": lambda at: deed(_of(at, "bulletins", "bulletin", ":read")),
    "list_bulletin_readers": lambda at: get(_of(at, "bulletins", "bulletin", "/readers")),
    "correct_bulletin": lambda at: post(_of(at, "bulletins", "bulletin", ":correct"), correction_note="更正"),
    "withdraw_bulletin": lambda at: post(_of(at, "bulletins", "bulletin", ":withdraw"), withdrawal_note="发错"),
    "list_bulletin_drafts": lambda _: get("/v1/bulletin-drafts", page_size=100),
    "draft_bulletin": lambda at: post("/v1/bulletin-drafts", **_BULLETIN, college_id=at.college_id, audience=_told(at)),
    "get_bulletin_draft": lambda at: get(_of(at, "bulletin-drafts", "bulletin_draft")),
    "change_bulletin_draft": lambda at: _put(
        _of(at, "bulletin-drafts", "bulletin_draft"), _BULLETIN | {"audience": _told(at)}
    ),
    "discard_bulletin_draft": lambda at: Call("DELETE", _of(at, "bulletin-drafts", "bulletin_draft")),
    "get_bulletin_draft_reach": lambda at: get(_of(at, "bulletin-drafts", "bulletin_draft", "/reach")),
    "publish_bulletin_draft": lambda at: deed(_of(at, "bulletin-drafts", "bulletin_draft", ":publish")),
    "list_public_bulletins": lambda at: _public("bulletins", institution_id=at.institution_id),
    "get_public_bulletin": lambda at: _public(f"bulletins/{at.publications['public_bulletin']}"),
}
CALLS: Mapping[str, Callable[[Corner], Call]] = {**_POLICIES, **_CASES, **_BULLETINS}
