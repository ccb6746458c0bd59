"""The routes of posts, working groups and lead units."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.posts.routes import groups, posts, units

router = AreaRouter()
router.gather(posts.router, groups.router, units.router)
