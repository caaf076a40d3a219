"""Requests to engines: hosts, limits, retries, deadlines.

Invariant: `sending` is the only module of the package that opens a socket, and it checks every
address just before it does. No key and no text occurs in an error, a log or a file name.

    hosts       allowed hosts, and hosts that count as local
    errors      exceptions whose messages hold no key and no text
    limits      clocks, token buckets, the circuit breaker
    retrying    retries and their pauses
    sending     one request
    deadline    a time limit for a whole request
    answers     texts extracted from a response
"""
