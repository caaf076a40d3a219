"""transflow: Korean reports to English stories, on plain files in git."""

__version__ = "0.2.0"
