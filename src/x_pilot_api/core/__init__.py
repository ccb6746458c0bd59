"""What every area stands on and no area's words: transactions, errors, actors, audit, idempotency, pages, settings."""
