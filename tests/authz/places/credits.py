"""The bodies of credits."""

from tests.authz.places.place import Place
from x_pilot_api.credits.schemas import CohortIn

PLACES = (Place("open_credit_accounts", "registrar", CohortIn, "credit_accounts"),)
