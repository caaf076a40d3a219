"""Actions on the project as a whole."""
