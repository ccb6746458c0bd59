"""Programme data: each year every college fills in and confirms what its pilot programmes are, and the office accepts.

Always true: what was submitted never changes; the office's acceptance is what creates or adjusts participation.
"""
