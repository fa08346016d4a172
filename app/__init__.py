"""Windscreen: a service directory and referral-pathway tool for children's services."""
