"""The routes of guarantees, charges and payments."""

from x_pilot_api.charges.routes import charges, guarantees, payments, rules, vouchers
from x_pilot_api.core.area_router import AreaRouter

router = AreaRouter()
router.gather(guarantees.router, rules.router, charges.router, payments.router, vouchers.router)
