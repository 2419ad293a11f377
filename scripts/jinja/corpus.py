"""Says which .sql files real Jinja2, with dbt's tags, can parse.

Usage: python3 corpus.py FOLDER... > parsed.json      (needs jinja2 and dbt-common)
The output maps each path to true, or to the error. corpus.mjs holds our parser against it.
"""
import json
import pathlib
import sys

from dbt_common.clients.jinja import get_environment
from jinja2 import nodes
from jinja2.ext import Extension


class SnapshotTag(Extension):
    """dbt cuts snapshots out before it parses; here the tag is read in place."""

    tags = ["snapshot"]

    def parse(self, parser):
        line = next(parser.stream).lineno
        parser.parse_assign_target(name_only=True)
        body = parser.parse_statements(("name:endsnapshot",), drop_needle=True)
        return nodes.Scope(body, lineno=line)


def main(folders):
    environment = get_environment(None)
    environment.add_extension(SnapshotTag)
    answers = {}
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*.sql")):
            try:
                text = path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue
            try:
                environment.parse(text)
                answers[str(path)] = True
            except Exception as error:  # whatever the parser says, the file does not parse
                answers[str(path)] = f"{type(error).__name__}: {error}"
    json.dump(answers, sys.stdout)


main(sys.argv[1:])
