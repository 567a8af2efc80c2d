"""Files that officials have, of any kind and shape, into rows of the import format, each with the cell it came from.

What is uncertain becomes a question, never a guess. Tables, rules and versions of a store are `xinfo.store`'s matter.
"""
