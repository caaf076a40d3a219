"""The values that all rooms pass around.

Invariant: every type here is frozen, compares by value, and knows no file, clock or user. Times are
ISO 8601 in UTC to the second (`2024-03-26T05:40:12Z`), kept as text, so that their order is text order.
"""
