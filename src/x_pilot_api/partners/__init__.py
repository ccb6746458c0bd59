"""The evaluation organisations' door: their plans, candidates and result batches, and nothing of anybody else's."""
