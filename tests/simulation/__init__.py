"""A seeded simulation of newsrooms: `make simulate`, or `python -m simulation` in this folder's
parent.

One program owns the clock, the disk, the processes, and git with its network of clones; the real
actions of transflow, its real merge driver and the real git run on top. One seed is one run, byte
for byte.

    world       the clock, and the disk with its faults
    clones      clones of one repository: real git, with the merge driver in this process
    texts       reports and translations whose words show their author
    ledger      the texts, approvals and withdrawals of everybody, as they meant them
    newsroom    the people and what they share
    translating, editing, publishing
                the steps of the people
    privacy     redacted texts and protected people
    accidents   dying processes, full disks, power cuts, other programs
    oracle      the rules that no commit and no page may break
    planted     faults that the oracle has to find
    run         a run of so many years, and its record
"""
