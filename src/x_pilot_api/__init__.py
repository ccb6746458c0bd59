"""X-Pilot: the 1+X certificate pilot as a service, from pushed exam results to credits everybody can explain."""

__version__ = "0.1.0"
