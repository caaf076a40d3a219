"""Mutation testing: `python -m scripts.mutation ROOM…` changes a room, and runs its tests.

changes     the changes of one module: one operator, constant, argument or statement each
sample      a seeded sample of the changes of a room
baseline    the tests that execute each line, from one run of the unchanged room
trials      one run of tests for each change, in a child process that has its libraries
equivalent  changes that no test can notice, with reasons, in equivalent.txt
"""
