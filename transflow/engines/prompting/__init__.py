"""What language models are asked, and which of their answers are taken.

Invariant: the rules are fixed; every text goes in as JSON data, never as part of an instruction; an answer is hostile text
until it was judged.

    asking      rules, data and schema of a request
    judging     complete ids, kept marks and numbers, no source script left, a sane length
"""
