"""Reading how the pilot is going: figures from sums, and the rows behind them."""

from x_pilot_api.analytics.queries.figures import read_figures
from x_pilot_api.analytics.queries.reach import Asked
from x_pilot_api.analytics.queries.rows import list_rows

__all__ = ["Asked", "list_rows", "read_figures"]
