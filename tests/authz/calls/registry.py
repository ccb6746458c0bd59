"""How the operations of registry are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_programmes": lambda at: list_of(at, "/v1/programmes", college_id=at.college_id),
    "get_programme": lambda at: get(f"/v1/programmes/{at.programme_id}"),
    # The one answer that may hold a document number, which is otherwise for nobody to see.
    "reveal_identity_document": lambda at: replace(
        post(f"/v1/students/{at.student_id}/identity-document:reveal", reason="收文 2026-118"),
        shown=frozenset({"nobody"}),
    ),
}
