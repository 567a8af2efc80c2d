"""What xinfo costs, measured: `python3 dev.py bench`. Measures and prints; nothing of xinfo imports it."""
