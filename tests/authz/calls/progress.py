"""How the operations of progress are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "get_student_progress": lambda at: get(f"/v1/students/{at.student_id}/progress"),
    "list_progress": lambda at: list_of(at, "/v1/progress", programme_id=at.programme_id),
}
