"""Assessment sites: a college offers rooms, an organisation approves them per certificate level, for a period."""
