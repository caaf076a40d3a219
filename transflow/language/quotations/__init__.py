"""Quotations in a text: their marks, and marks without a partner.

Invariant: quotations are in order and do not overlap; a mark inside a quotation belongs to it.

    korean    marks of all kinds, and whether a quotation is what somebody said
    english   double marks, single marks as British papers use them, and quotations in quotations
    direct    whole utterances with their speakers
    speakers  people who say what is quoted, by role
    compare   what differs
"""
