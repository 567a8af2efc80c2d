"""xinfo beside other tools that answer questions by rules and without a network: `python3 dev.py bench --peers`.

The tools live in an environment of their own and run as processes of their own; what runs there (`nl4dv_tool.py`,
`layer_tool.py`, `gibran_tool.py`) imports nothing of xinfo, and nothing here imports them.
"""
