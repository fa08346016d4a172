"""Windscreen: a service directory and referral-pathway tool for children's services."""

__version__ = "0.1.0"
