"""Reading what is made known."""
