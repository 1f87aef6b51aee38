"""usage: check_sarif.py SCHEMA FILE...: validates SARIF files and checks what GitHub asks for
beyond the schema (docs.github.com, "SARIF support for code scanning")."""

import json
import sys

import jsonschema

TEXT_LIMIT = 1024
REGION_KEYS = ("startLine", "startColumn", "endLine", "endColumn")


def rule_problems(rule):
    for key in ("shortDescription", "fullDescription", "help"):
        text = rule.get(key, {}).get("text", "")
        if not text:
            yield f"rule {rule['id']}: empty {key}.text"
        if key != "help" and len(text) > TEXT_LIMIT:
            yield f"rule {rule['id']}: {key}.text is longer than {TEXT_LIMIT}"


def result_problems(result, rules):
    name = f"result of {result['ruleId']}"
    if not result["message"]["text"]:
        yield f"{name}: empty message"
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield f"{name}: ruleIndex names another rule"
    if not result["partialFingerprints"].get("primaryLocationLineHash"):
        yield f"{name}: no primaryLocationLineHash"
    place = result["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    if uri.startswith("/") or " " in uri:
        yield f"{name}: URI '{uri}' is neither relative nor complete"
    region = place["region"]
    missing = [key for key in REGION_KEYS if key not in region]
    if missing:
        yield f"{name}: region without {missing}"
    elif (region["endLine"], region["endColumn"]) < (region["startLine"], region["startColumn"]):
        yield f"{name}: region ends before it starts"


def problems(log, validator):
    for error in validator.iter_errors(log):
        yield f"{list(error.absolute_path)}: {error.message}"
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            yield from rule_problems(rule)
        for result in run["results"]:
            yield from result_problems(result, rules)


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    failed = False
    for path in paths:
        with open(path, encoding="utf-8") as file:
            log = json.load(file)
        for problem in problems(log, validator):
            print(f"{path}: {problem}")
            failed = True
    return failed


sys.exit(main(*sys.argv[1:]))
