"""Authorship, credits, stamps and assignment of units."""
