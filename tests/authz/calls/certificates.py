"""How the operations of certificates are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_certificates": lambda at: list_of(at, "/v1/certificates", organisation_id=at.organisation_id),
    "get_certificate": lambda at: get(f"/v1/certificates/{at.certificate_id}"),
}
