"""The deeds on settlements, forecasts, reconciliations and what is loaded for them."""
