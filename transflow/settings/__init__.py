"""transflow.toml and the other TOML files of a project and its users, read and validated."""
