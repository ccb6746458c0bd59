"""Finding schemes, years, assessments and findings, and telling them."""
