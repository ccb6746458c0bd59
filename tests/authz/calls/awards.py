"""How the operations of awards are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, list_of
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_awards": lambda at: list_of(at, "/v1/awards", student_id=at.student_id, certificate_level_id=at.level_id),
}
