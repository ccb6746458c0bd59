"""The bodies of fees."""

from tests.authz.places.place import Place
from x_pilot_api.fees.schemas import FeeCeilingIn, FeeStandardIn

PLACES = (
    Place("issue_fee_ceiling", "operator", FeeCeilingIn, "fee_ceilings"),
    Place("propose_fee_standard", "registrar", FeeStandardIn, "fee_standards"),
)
