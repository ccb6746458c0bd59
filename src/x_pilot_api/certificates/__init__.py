"""The catalogue: certificates, their levels and assessment schemes; which college runs which certificate; quality.

Always true: a scheme and a policy never change once they are published, a later one has a higher version. A college
comes to run a certificate, and to give it up, by a review; at most one of a certificate at a college is undecided.
"""
