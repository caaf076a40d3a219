"""Actions with judges: asking them, what they found, how often they were right, and repairs."""
