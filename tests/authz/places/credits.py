"""The bodies of credits."""

from tests.authz.places.place import Place
from x_pilot_api.credits.schemas import AccountDeedIn, CatchUpConfirmIn, CatchUpIn, CohortIn, SimulationIn

PLACES = (
    Place("open_credit_accounts", "registrar", CohortIn, "credit_accounts"),
    Place("freeze_credit_account", "registrar", AccountDeedIn, "credit_accounts"),
    Place("unfreeze_credit_account", "registrar", AccountDeedIn, "credit_accounts"),
    Place("close_credit_account", "registrar", AccountDeedIn, "credit_accounts"),
    Place("preview_catch_up", "registrar", CatchUpIn, "learning_outcomes"),
    Place("confirm_catch_up", "registrar", CatchUpConfirmIn, "learning_outcomes"),
    Place("simulate_mapping", "registrar", SimulationIn, "simulations"),
)
