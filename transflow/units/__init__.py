"""The steps of a unit, joining and splitting it, and who did how much."""
