"""Actions on units, for the commands `transflow unit …`."""
