"""Parts that judges share: rules of a language model, form of an answer, the user's settings."""
