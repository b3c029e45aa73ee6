"""Holds reports of afaudit against their published schema, with the peer library jsonschema.

python validate_report.py SCHEMA REPORT...   prints the first thing that does not fit and exits with 1.
"""
import json
import sys

import jsonschema


def main():
    schema_path, *reports = sys.argv[1:]
    with open(schema_path) as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in reports:
        with open(path) as file:
            report = json.load(file)
        for error in validator.iter_errors(report):
            sys.exit(f"{path}: {error.json_path}: {error.message}")


if __name__ == "__main__":
    main()
