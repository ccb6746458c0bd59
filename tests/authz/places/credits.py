"""The bodies of credits."""

from tests.authz.places.place import Place
from x_pilot_api.credits.schemas import CohortIn, SimulationIn

PLACES = (
    Place("open_credit_accounts", "registrar", CohortIn, "credit_accounts"),
    Place("simulate_mapping", "registrar", SimulationIn, "simulations"),
)
