"""What an exam may cost and what it does cost: ceilings with their documents, and fee standards under them.

Always true: a fee standard names the ceiling it was measured against, and is not above it. Money is whole fen.
"""
