"""Finding what guidance holds, and telling it with the names that people read."""
