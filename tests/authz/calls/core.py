"""How the operations of core are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "check_health": lambda _: get("/healthz"),
    "check_readiness": lambda _: get("/readyz"),
    "list_signing_keys": lambda _: get("/.well-known/jwks.json"),
    "list_problems": lambda _: get("/problems"),
    "get_problem": lambda _: get("/problems/ceiling_exceeded"),
}
