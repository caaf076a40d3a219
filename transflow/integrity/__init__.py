"""The rules that no gate may skip, and the repair of damaged files."""
