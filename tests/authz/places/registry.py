"""The bodies of the register."""

from tests.authz.places.place import Place
from x_pilot_api.registry.schemas import RevealIn

PLACES = (Place("reveal_identity_document", "registrar", RevealIn, "identity_documents"),)
