"""Jobs: work asked for and done later, as its asker and whoever runs the platform see it.

A job ends once: well, as a dead letter that can be taken up again, or cancelled. What it did until then stays done.
"""
