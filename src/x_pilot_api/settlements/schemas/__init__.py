"""What is asked and answered about settlements, forecasts, reconciliations and reports; amounts are whole fen."""
