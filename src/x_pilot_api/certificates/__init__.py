"""The catalogue: certificates, their levels and assessment schemes, and which college admitted which certificate.

Always true: a scheme never changes once it is published; a later one has a higher version.
"""
