"""How the operations of fees are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner


def _ceiling(_: Corner) -> Call:
    return post(
        "/v1/fee-ceilings",
        exam_form="paper",
        amount_fen=100,
        document_number="文1",
        issuing_body="委",
        effective_from="2026-01-01",
    )


def _standard(corner: Corner) -> Call:
    return post(
        "/v1/fee-standards",
        institution_id=corner.institution_id,
        certificate_level_id=corner.spare_level_id,
        exam_form="computer",
        fee_fen=100,
        basis="测算",
        effective_from="2026-01-01",
    )


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_fee_ceilings": lambda at: list_of(at, "/v1/fee-ceilings"),
    "issue_fee_ceiling": _ceiling,
    "get_fee_ceiling": lambda at: get(f"/v1/fee-ceilings/{at.ceiling_id}"),
    "list_fee_standards": lambda at: list_of(at, "/v1/fee-standards", certificate_level_id=at.level_id),
    "propose_fee_standard": _standard,
    "get_fee_standard": lambda at: get(f"/v1/fee-standards/{at.standard_id}"),
}
