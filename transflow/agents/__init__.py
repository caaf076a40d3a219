"""The front end of agents: tools that a program at the desk calls, over the Model Context Protocol.

Invariant: a tool calls actions with the actor of an agent, and has no authority of its own.

    parameters  what a tool takes: its JSON schema, and the judgement of the arguments of a call
    answers     what a tool answers: bounded, in pages, with texts of others marked as data
    desk        one process of an agent: who it is, for whom it works, what it changed
    tools       the tools, one file each
    server      the protocol, on standard input and output
"""
