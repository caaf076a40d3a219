"""Translation of many texts: batches, parallel requests, and a cache of answers.

Invariant: each text is requested once, however often it occurs, and each answer is assigned to the
text that it was given for; a batch with a mismatched answer is halved, never shifted.

    batches     grouping of texts into requests
    run         worker threads, and the outcome of each text
    answers     cache of paid answers
    judging     same markup and numbers, no source script left, plausible length
"""
