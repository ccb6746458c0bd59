"""Finding settlements, forecasts, reconciliations, and what reports count."""
