"""How the operations of imports are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner
from tests.authz.makings import HASH

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_import_kinds": lambda _: get("/v1/import-kinds"),
    "get_import_template": lambda _: get("/v1/import-kinds/students/template"),
    "list_imports": lambda at: list_of(at, "/v1/imports"),
    # Whatever the body is, it is taken for a file, and what is wrong with it is told by the preview.
    "send_import": lambda _: Call("POST", "/v1/imports", {"kind": "courses"}, body={}),
    "get_import": lambda at: get(f"/v1/imports/{at.import_ids['previewed']}"),
    "list_import_rows": lambda at: get(f"/v1/imports/{at.import_ids['previewed']}/rows"),
    "get_import_error_file": lambda at: get(f"/v1/imports/{at.import_ids['previewed']}/error-file"),
    "confirm_import": lambda at: post(f"/v1/imports/{at.import_ids['previewed']}:confirm", digest=HASH),
    "undo_import": lambda at: deed(f"/v1/imports/{at.import_ids['applied']}:undo"),
}
