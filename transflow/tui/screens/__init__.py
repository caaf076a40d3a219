"""The modes: a screen for each. They are named in `transflow.tui.app.MODES_AT`, and imported when they are first shown."""
