"""Readers of report formats other than Markdown."""
