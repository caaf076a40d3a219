"""Integrity of the record: the rules that no gate may skip, and repair of damaged files."""
