"""Monitoring rounds of a year: their days, their making, and who keeps them."""
