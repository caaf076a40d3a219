"""An engine ready for use, made of its module and the user's own settings.

settings    the user's engines.toml: addresses, models, prices
keys        API keys, from the environment or the keyring
spending    the ledger of this month's costs, and the cap
ready       a ready engine, assembled from the above
"""
