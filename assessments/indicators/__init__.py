"""Indicators of a year: definitions, values of rounds and years, and their scores."""
