"""Actions on units: `transflow unit …`."""
