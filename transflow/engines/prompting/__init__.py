"""Prompts for language models, and validation of their answers.

Invariant: the rules are fixed; every text is passed as JSON data, never as part of an instruction;
an answer is untrusted until it was judged.

    asking      rules, data and schema of a request
    judging     complete ids, same markup and numbers, no source script left, plausible length
"""
