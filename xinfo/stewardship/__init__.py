"""Looking after templates of one's own: drafts, versions, review, results that are vouched for. Draws nothing.

What is heard in questions is `<store>.templates/ID.yaml`. Beside it `history/ID/` keeps every version as a file of its
own and a record of who did what and when; identity and time come in as arguments.
"""
