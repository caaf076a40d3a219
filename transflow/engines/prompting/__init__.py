"""Prompts for language models.

Invariant: the rules are fixed; every text is passed as JSON data, never as part of an instruction;
an answer is untrusted until it was judged (`running.judging`).

    asking      rules, data and schema of a request
"""
