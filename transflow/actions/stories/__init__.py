"""Actions on stories: compose, edit, ready, clear, render, publish, correct."""
