"""Dashboards: the director's one screen, a unit's work, a person's own indicators.

Every figure leads to the rows it is made of. What is not shown is not read: rows come as plain
values, in a fixed number of queries whatever the number of indicators and years.
"""
