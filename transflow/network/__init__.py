"""How engines are asked: the socket, who may be asked, how often, and when to stop.

Invariant: `sending` is the only module of the package that opens a socket, and it judges every address just before it
does. No key and no text is in an error, a log or a file name.

    hosts       which hosts may be asked, and which count as local
    faults      what can go wrong, in words that hold no key and no text
    limits      clocks, token buckets, the circuit breaker
    retrying    what is tried again, and when
    sending     one request
    deadline    an end for a whole request
    reading     texts out of an answer
"""
