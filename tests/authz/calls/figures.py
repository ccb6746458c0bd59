"""How the operations of figures are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {"list_figures": lambda _: get("/v1/figures")}
