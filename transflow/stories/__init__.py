"""Stories: drafts from reports, the article as one text, clearance, corrections, publications."""
