"""Screens of the modes, named in `transflow.tui.app.MODES_AT` and imported when first shown."""
