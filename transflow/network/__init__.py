"""Requests to engines and for public pages: hosts, limits, retries, deadlines.

Invariant: `sending` and `pages` are the only modules of the package that open a socket, and they
check every address just before they do. No key and no text occurs in an error, a log or a file
name.

    hosts       allowed hosts, and hosts that count as local
    errors      exceptions whose messages hold no key and no text
    limits      clocks, token buckets, the circuit breaker
    retrying    retries and their pauses
    sending     one request to an engine
    pages       one page of the web
    deadline    a time limit for a whole request
    answers     texts extracted from a response
"""
