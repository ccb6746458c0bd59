"""Reading figures: the catalogue, their values per college, and the rows behind them."""

from x_pilot_api.figures.queries.catalogue import list_definitions
from x_pilot_api.figures.queries.computing import Moment, rows, values

__all__ = ["Moment", "list_definitions", "rows", "values"]
