"""Asks sqlglot where columns come from. One JSON object a line comes in, one goes out, in order.

{"schema": [{"name": ["db", "schema", "t"], "columns": {"a": "INTEGER"}}], "dialect": "duckdb"}   the tables from here on
{"lineage": "select …"}     → {"columns": [["x", [["db.schema.t", "a"]]]]}, or {"error": "…"}
{"transpile": "select …", "to": "snowflake"}   → {"sql": "select …"}, or {"error": "…"}
"""

import json
import logging
import sys

import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage
from sqlglot.schema import MappingSchema

logging.disable(logging.CRITICAL)
sys.setrecursionlimit(20000)


def readable(kind, dialect):
    """The type where sqlglot can read it: it looks at types of structs only."""
    try:
        exp.DataType.build(kind, dialect=dialect)
        return kind
    except sqlglot.errors.SqlglotError:
        return "TEXT"


def schema_of(tables, dialect):
    mapping = {}
    for table in tables:
        level = mapping
        for part in table["name"][:-1]:
            level = level.setdefault(part, {})
        level[table["name"][-1]] = {name: readable(kind, dialect) for name, kind in table["columns"].items()}
    # Names of Postgres come as they are stored; elsewhere the size of letters does not count.
    return MappingSchema(mapping, dialect=dialect, normalize=dialect != "postgres")


def origins(node, dialect):
    """The columns of tables at the ends of all ways."""
    found = set()
    for one in node.walk():
        if one.downstream or not isinstance(one.expression, exp.Table):
            continue
        table = ".".join(part.name for part in one.expression.parts)
        column = sqlglot.parse_one(f"SELECT {one.name}", dialect=dialect).selects[0]
        found.add((table, column.name if isinstance(column, exp.Column) else one.name))
    return sorted(found)


def answer(request, state):
    if "schema" in request:
        state["dialect"] = request["dialect"]
        state["schema"] = schema_of(request["schema"], request["dialect"])
        return {}
    dialect = state["dialect"]
    if "transpile" in request:
        return {"sql": sqlglot.transpile(request["transpile"], read=dialect, write=request["to"], pretty=True)[0]}
    nodes = lineage(None, request["lineage"], schema=state["schema"], dialect=dialect, trim_selects=False)
    return {"columns": [[name, origins(node, dialect)] for name, node in nodes.items()]}


state = {}
for line in sys.stdin:
    try:
        said = answer(json.loads(line), state)
    except RecursionError:
        said = {"error": "sqlglot goes too deep"}
    except Exception as error:  # whatever it is, it is told and the next query asked
        said = {"error": str(error).split("\n")[0] or type(error).__name__}
    print(json.dumps(said), flush=True)
