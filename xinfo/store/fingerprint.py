"""The fingerprint of a store: the same content gives the same one, whenever and wherever it was built."""

from __future__ import annotations

import hashlib

from duckdb import DuckDBPyConnection

from xinfo.store.schema import TABLES, columns


def fingerprint(connection: DuckDBPyConnection) -> str:
    """A sha256 over all tables but `meta`, independent of the order and the files that rows are kept in.

    Each row is hashed by itself and the hashes are joined by exclusive or, so that a large store takes one scan a table
    and no sorting. Equal rows would cancel out; their number is hashed too.
    """
    whole = hashlib.sha256()
    for table in TABLES:
        cells = ", ".join(f"coalesce({name}::VARCHAR, chr(0))" for name in columns(connection, table))
        row = connection.execute(
            f"SELECT count(*), bit_xor(md5_number(concat_ws(chr(31), {cells}))) FROM {table}"
        ).fetchone()
        whole.update(f"{table} {row}\n".encode())
    return whole.hexdigest()
