"""How the operations of registry are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_programmes": lambda at: list_of(at, "/v1/programmes", college_id=at.college_id),
    "get_programme": lambda at: get(f"/v1/programmes/{at.programme_id}"),
}
