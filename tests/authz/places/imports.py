"""The bodies of imports."""

from tests.authz.places.place import Place
from x_pilot_api.imports.schemas import ConfirmImportIn

PLACES = (Place("confirm_import", "registrar", ConfirmImportIn, "imports"),)
