"""How the operations of analytics are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner


def _about(at: Corner) -> dict[str, object]:
    """Ask for everything of one's own, and for one programme of what one has no business with."""
    return {} if at.relation == "own" else {"college_id": at.college_id, "programme_id": at.programme_id}


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "get_analytics": lambda at: get("/v1/analytics/figures", by="programme", **_about(at)),
    "list_analytics_rows": lambda at: get("/v1/analytics/rows", figure="students", page_size=100, **_about(at)),
}
