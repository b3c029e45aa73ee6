"""Holds reports of afaudit against their published schema, with the peer library jsonschema.

python validate_report.py SCHEMA REPORT...

Each report must fit, and no longer fit once any one of its members has another name, is missing, or
is of another type. Prints the first thing that is otherwise and exits with 1.
"""
import json
import sys

import jsonschema

# A map from names to figures.
MAPS = {"overall", "metrics", "disparities"}
# Members that only some reports have.
OPTIONAL = {"verdict", "gates", "exact", "npmi", "calibration", "strata", "relations", "four_fifths",
            "differential_fairness", "simpson_reversals", "simpson_reversal_count", "weights"}


def shortened(node, name=""):
    """The same with a few entries of each list and map, for others are of the same form."""
    if isinstance(node, list):
        return [shortened(entry) for entry in (node if name == "tests" else node[:2])]
    if isinstance(node, dict):
        names = list(node)[:4] if name in MAPS else node
        return {one: shortened(node[one], one) for one in names}
    return node


def columns_of(report):
    """Names that are the data's own: columns."""
    entries = report["counts"][:1] + report.get("strata", [])[:1]
    return {name for entry in entries for name, value in entry.items()
            if isinstance(value, str) and name != "heuristic"}


def members(node, columns, path=()):
    """Every object with each of its members whose name the schema must know."""
    if isinstance(node, list):
        for entry in node:
            yield from members(entry, columns, path)
    elif isinstance(node, dict):
        for name, value in node.items():
            # p_COLUMN_VALUE, by strata too; and a run's own metrics are as its metrics.csv names them.
            of_data = path[-1:] and path[-1] in MAPS and (name.startswith(("p_", "conditional_p_"))
                                                    or path[0] == "steps")
            if name not in columns and not of_data:
                yield node, name, (*path, name)
            yield from members(value, columns, (*path, name))


def breakages(holder, name):
    """The member renamed, missing, and of a type that no member has; undone after each."""
    kept = dict(holder)
    for what in ("renamed", "of another type", "missing"):
        if what == "renamed":
            holder[name[:-1]] = holder.pop(name)
        elif what == "of another type":
            holder[name] = [[name]]
        else:
            del holder[name]
        yield what
        holder.clear()
        holder.update(kept)


def looseness(report, validator, tried):
    """What may be broken of members that no report of this kind had yet."""
    for holder, name, path in list(members(report, columns_of(report))):
        if (report["kind"], path) in tried:
            continue
        tried.add((report["kind"], path))
        for what in breakages(holder, name):
            may_be_missing = name in OPTIONAL or path[-2:-1] and path[-2] in MAPS
            if not (what == "missing" and may_be_missing) and validator.is_valid(report):
                yield f"{'.'.join(path)} may be {what}"


def main():
    schema_path, *reports = sys.argv[1:]
    with open(schema_path) as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    tried = set()
    for path in reports:
        with open(path) as file:
            report = json.load(file)
        for error in validator.iter_errors(report):
            sys.exit(f"{path}: {error.json_path}: {error.message}")
        for loose in looseness(shortened(report), validator, tried):
            sys.exit(f"{path}: {loose}, and the schema does not say so")


if __name__ == "__main__":
    main()
