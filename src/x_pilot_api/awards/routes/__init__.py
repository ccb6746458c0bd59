"""The routes of awards."""

from x_pilot_api.awards.routes import codes, lives, numbers, shares
from x_pilot_api.core.area_router import AreaRouter

router = AreaRouter(tags=["awards"])
for part in (lives, codes, numbers, shares):
    router.include_router(part.router)
