"""The routes of awards."""

from x_pilot_api.awards.routes import codes, lives, numbers, shares
from x_pilot_api.core.area_router import AreaRouter

router = AreaRouter()
router.gather(lives.router, codes.router, numbers.router, shares.router)
