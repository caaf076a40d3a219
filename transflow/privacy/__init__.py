"""Texts, names and people taken out of every holder of text."""
