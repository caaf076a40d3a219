"""Drafts of whole reports by language models.

Invariant: the rules are fixed; every text is passed as JSON data, never as part of an instruction;
an answer fills only the sentences that were asked about, and is untrusted until it was judged.

    asking      rules, data and schema of a request
    drafting    a window of a report: the request, and one turn in which faults are repaired
"""
