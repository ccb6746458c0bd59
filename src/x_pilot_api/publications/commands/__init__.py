"""The deeds on policies, typical cases and bulletins."""
