"""transflow.toml and other TOML files of a project and its users, parsed and validated."""
