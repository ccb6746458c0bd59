"""The bodies of governance."""

from tests.authz.places.place import Place
from x_pilot_api.certificates.schemas import ExitIn
from x_pilot_api.governance.schemas import TeachOutItemChange

PLACES = (
    Place("propose_certificate_exit", "coordinator", ExitIn, "certificate_reviews"),
    Place("change_teach_out_item", "coordinator", TeachOutItemChange, "teach_out_items"),
)
