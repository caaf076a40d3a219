"""The documentation as a site, built by `make docs` into .site/html.

commands   reference of every command, from the program
settings   reference of the keys of transflow.toml and engines.toml, from their schemas
outputs    JSON outputs and their schemas in docs/schemas
api        Python API of `language` and of `Project`, from the code
states     diagram of the states of a unit, from `units.workflow`
parts_pages generated parts of docs/, which are in git
staging    folder of Markdown pages that the site is built from
built      checks of the built pages: links, pages without entry, requests to other hosts
"""
