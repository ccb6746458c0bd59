"""The catalogue of figures."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import require
from x_pilot_api.core.pagination import PageOut
from x_pilot_api.figures import queries
from x_pilot_api.figures.schemas import FigureDefinitionOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["figures"])


@router.get("/figures", dependencies=[require(Permission.FIGURES_READ)])
async def list_figures() -> PageOut[FigureDefinitionOut]:
    """List the figures that reports can ask for, each with what is above and below the line; always one page."""
    return PageOut[FigureDefinitionOut](items=queries.list_definitions(), next_page_token=None)
