"""The fingerprint of a store: the same content gives the same one, whenever and wherever it was built."""

from __future__ import annotations

import hashlib

from duckdb import DuckDBPyConnection

from xinfo.store.schema import NOT_CONTENT, TABLES, columns_by_table


def fingerprint(connection: DuckDBPyConnection) -> str:
    """A sha256 over the tables of content, independent of the order and the files that rows are kept in.

    Each row is hashed by itself and the hashes are joined by exclusive or, so that a large store takes one scan a table
    and no sorting. Equal rows would cancel out; their number is hashed too.
    """
    whole = hashlib.sha256()
    columns = columns_by_table(connection)
    for table in TABLES:
        content = [name for name in columns[table] if name not in NOT_CONTENT.get(table, ())]
        cells = ", ".join(f"coalesce({name}::VARCHAR, chr(0))" for name in content)
        row = connection.execute(
            f"SELECT count(*), bit_xor(md5_number(concat_ws(chr(31), {cells}))) FROM {table}"
        ).fetchone()
        whole.update(f"{table} {row}\n".encode())
    return whole.hexdigest()
