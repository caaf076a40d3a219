"""Workflow of units, joining and splitting, and effort."""
