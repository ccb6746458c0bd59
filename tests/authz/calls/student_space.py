"""How the operations of a student's own space are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "get_own_overview": lambda _: get("/v1/me/overview"),
    "list_own_registrations": lambda _: get("/v1/me/registrations"),
    "list_own_results": lambda _: get("/v1/me/results"),
    "get_own_result": lambda at: get(f"/v1/me/results/{at.registration_id}"),
    "list_own_awards": lambda _: get("/v1/me/awards"),
    "get_own_credit_account": lambda _: get("/v1/me/credit-account"),
    "list_own_outcomes": lambda _: get("/v1/me/learning-outcomes"),
    "explain_own_certificate": lambda at: get(f"/v1/me/certificates/{at.level_id}:explain"),
    "get_own_progress": lambda _: get("/v1/me/progress"),
    "list_own_changes": lambda _: get("/v1/me/changes"),
}
