"""How the operations of oversight are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_audit_events": lambda at: list_of(at, "/v1/audit-events", object_id=at.institution_id),
    "export_audit_events": lambda at: get("/v1/audit-events:export", object_id=at.institution_id),
    "list_checkpoints": lambda at: get(f"/v1/logs/{at.institution_id}/checkpoints"),
    "get_latest_checkpoint": lambda at: get(f"/v1/logs/{at.institution_id}/checkpoints/latest"),
    "prove_inclusion": lambda at: get(f"/v1/logs/{at.institution_id}/proofs/inclusion", leaf="A" * 43 + "="),
    "prove_consistency": lambda at: get(f"/v1/logs/{at.institution_id}/proofs/consistency", first=1, second=1),
}
