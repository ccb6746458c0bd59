"""How the operations of ledger are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "summarise_ledger": lambda _: get("/v1/ledger/summary"),
}
