"""How the operations of mappings are asked for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.authz import makings
from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner


def _mapping(corner: Corner) -> Call:
    return post(
        "/v1/mappings",
        programme_id=corner.programme_id,
        certificate_level_id=corner.spare_level_id,
        direction="certificate_to_course",
        entry_year_from=2024,
        entry_year_to=2025,
        courses=[{"course_id": str(corner.course_id), "credit": "1.00", "grade": "良好"}],
    )


def _limit(corner: Corner) -> Call:
    return post(
        "/v1/policy-limits",
        code="per_certificate",
        certificate_level_id=corner.spare_level_id,
        credit="8.00",
        document_number="文1",
        effective_from="2098-01-01",
    )


def _deed_on(corner: Corner, state: str, verb: str, **body: object) -> Call:
    call = post(f"/v1/mappings/{corner.mappings[state]}:{verb}", **body)
    return call if body else deed(call.path)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_mappings": lambda at: list_of(
        at, "/v1/mappings", programme_id=at.programme_id, certificate_level_id=at.level_id
    ),
    "propose_mapping": _mapping,
    "get_mapping": lambda at: get(f"/v1/mappings/{at.mappings['published']}"),
    "agree_mapping": lambda at: _deed_on(at, "draft", "agree", content_hash=makings.HASH),
    "approve_mapping": lambda at: _deed_on(at, "agreed", "approve"),
    "file_mapping": lambda at: _deed_on(at, "approved", "file", filing_number="备1", filed_on="2026-01-01"),
    "publish_mapping": lambda at: _deed_on(at, "filed", "publish", effective_from="2026-09-01"),
    "edit_mapping": lambda at: Call(
        "PATCH",
        f"/v1/mappings/{at.mappings['draft']}",
        body={"courses": [{"course_id": str(at.course_id), "credit": "1.00", "grade": "良好"}]},
    ),
    "revise_mapping": lambda at: _deed_on(at, "published", "revise"),
    "compare_mappings": lambda at: get(
        f"/v1/mappings/{at.mappings['approved']}/differences", before_id=at.mappings["draft"]
    ),
    "open_mapping_notice": lambda at: _deed_on(
        at,
        "filed",
        "open-notice",
        starts_on=str(makings.today()),
        ends_on=str(makings.today() + timedelta(days=9)),
    ),
    "get_mapping_notice": lambda at: get(f"/v1/mappings/{at.mappings[makings.ON_NOTICE]}/notice"),
    "list_objections": lambda at: get(f"/v1/mapping-notices/{at.notice_id}/objections", page_size=100),
    "raise_objection": lambda at: post(f"/v1/mapping-notices/{at.notice_id}/objections", text="学分偏高"),
    "answer_objection": lambda at: post(
        f"/v1/mapping-objections/{at.objection_id}:answer", answer="已核对", is_upheld=False
    ),
    "list_policy_limits": lambda at: list_of(at, "/v1/policy-limits"),
    "load_policy_limit": _limit,
    "get_policy_limit": lambda at: get(f"/v1/policy-limits/{at.limit_id}"),
    "withdraw_policy_limit": lambda at: post(f"/v1/policy-limits/{at.limit_id}:withdraw", reason="误录"),
    "list_showcase_findings": lambda _: get("/v1/showcase-findings"),
    "withdraw_mapping": lambda at: _deed_on(at, "draft", "withdraw", reason="误报"),
}
