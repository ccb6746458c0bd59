"""What a plan's exams come to in money, who is in danger of missing the guaranteed attempt, and what fees amount to.

Always true: a settlement both sides agreed to never changes, and what turns out otherwise later makes an adjustment;
its figures are the sums of its rows, and its rows those of the ledger. No graduation day and no budget is made up:
where none was loaded, that is what is said.
"""
