"""How the operations of mappings are asked for."""

from collections.abc import Callable, Mapping

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
    "withdraw_mapping": lambda at: _deed_on(at, "draft", "withdraw", reason="误报"),
}
