"""Many texts: in batches, several requests at once, each answer kept when it arrives.

Invariant: every text is asked about once, however often it occurs, and every answer belongs to the text that it is given
for; a batch whose answer does not fit is halved, never shifted.

    batches     what is asked together
    run         the threads, and what becomes of each text
    answers     answers that were paid for, kept for the next time
"""
