"""How the operations of public are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner


def _verify(corner: Corner) -> Call:
    # Whoever was shown a certificate may learn what is printed on it, but for the holder's full name.
    return replace(get(f"/v1/verify/{corner.verification_code}"), shown=corner.shown)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "verify_award": _verify,
}
