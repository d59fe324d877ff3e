#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps docs/conformance.md, which lists each test of CPython's multiprocessing with the test here that checks the same.

    conformance.py [--check] [PROJECT]

Without --check, writes the left column anew from the test.test_multiprocessing of the Python that runs this script; what stands
beside it stays. Tests that are new there get an empty row, which has to be filled in. With --check, changes nothing, names every
fault and exits 1 if there was one. Exits 77 where this Python has no such tests or, with --check, where they are of another version
than those of the table: then the columns on the right alone are checked.
"""
import ast
import importlib.util
import platform
import re
import sys
from pathlib import Path

MODULE = "test._test_multiprocessing"
SKIPPED = 77
TABLE = Path("docs") / "conformance.md"
VERSION = re.compile(r"CPython (\d+\.\d+\.\d+)")
ROW = re.compile(r"^\| `(\w+\.\w+)` \|(.*)\|$")
REFERENCE = re.compile(r"`(tst_\w+) (\w+)`")
LATER, NOT_APPLICABLE = "later", "not applicable"


def source_of_tests():
    """The path of CPython's test module, without running it; None where it is not installed."""
    try:
        found = importlib.util.find_spec(MODULE)
    except ModuleNotFoundError:
        return None
    return Path(found.origin) if found and found.origin else None


def tests_in(source):
    """"Class.test", for each test of each class in the order of the source."""
    return ["%s.%s" % (node.name, function.name)
            for node in ast.parse(source).body if isinstance(node, ast.ClassDef)
            for function in node.body if isinstance(function, ast.FunctionDef) and function.name.startswith("test")]


def rows_of(text):
    """{"Class.test": ["here", "remark"]}"""
    rows = {}
    for line in text.splitlines():
        match = ROW.match(line)
        if match:
            cells = [cell.strip() for cell in match.group(2).split("|")]
            rows[match.group(1)] = (cells + ["", ""])[:2]
    return rows


def duplicates_of(text):
    seen = set()
    names = [match.group(1) for match in map(ROW.match, text.splitlines()) if match]
    return sorted({name for name in names if name in seen or seen.add(name)})


def render(text, tests, version):
    """The text with the table made anew. Rows of tests that have gone are dropped."""
    rows = rows_of(text)
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("|---")]
    if not heads:
        raise SystemExit("%s has no table: a line that begins with |--- is needed" % TABLE)
    begin = heads[0] + 1
    end = begin
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    table = ["| `%s` | %s | %s |" % (test, *rows.get(test, ["", ""])) for test in tests]
    return VERSION.sub("CPython " + version, "\n".join(lines[:begin] + table + lines[end:]) + "\n")


def functions_of(folder):
    """{"tst_name": the functions that its source declares}"""
    return {path.stem: set(re.findall(r"\bvoid (?:\w+::)?(\w+)\(\)", path.read_text(encoding="utf-8")))
            for path in sorted(Path(folder).glob("*/tst_*.cpp"))}


def fault_of(here, remark, functions):
    """What is wrong with the right of a row, or None."""
    references = REFERENCE.findall(here)
    for program, function in references:
        if function not in functions.get(program, ()):
            return "names `%s %s`, which is not in tests/" % (program, function)
    if references or here.startswith(LATER + ": "):
        return None
    if here != NOT_APPLICABLE:
        return "says not where it is tested: name `tst_program function`, or write \"%s: SUBJECT\" or \"%s\" and why" % (
            LATER, NOT_APPLICABLE)
    return None if remark else "does not say why it is not applicable"


def row_faults(text, functions):
    faults = ["%s is there twice" % name for name in duplicates_of(text)]
    for name, (here, remark) in rows_of(text).items():
        fault = fault_of(here, remark, functions)
        if fault:
            faults.append("%s %s" % (name, fault))
    return faults


def left_faults(text, tests):
    known = rows_of(text)
    faults = ["%s is missing" % test for test in tests if test not in known]
    return faults + ["%s is stale: CPython has no such test" % name for name in known if name not in tests]


def summary(text):
    rows = rows_of(text).values()
    later = sum(here.startswith(LATER) for here, _ in rows)
    without = sum(here == NOT_APPLICABLE for here, _ in rows)
    return "%d tests of CPython: %d tested here, %d later, %d not applicable" % (
        len(rows), len(rows) - later - without, later, without)


def check(project, text, source):
    faults = row_faults(text, functions_of(project / "tests"))
    version = VERSION.search(text)
    skipped = None
    if source is None:
        skipped = "this Python (%s) has no %s" % (platform.python_version(), MODULE)
    elif not version or version.group(1) != platform.python_version():
        skipped = "the table is of CPython %s, this is %s" % (version.group(1) if version else "?", platform.python_version())
    else:
        faults += left_faults(text, tests_in(source.read_text(encoding="utf-8")))
    for fault in faults:
        print("%s: %s" % (TABLE, fault), file=sys.stderr)
    print(summary(text))
    if skipped:
        print("the left column was not checked: " + skipped)
    return 1 if faults else SKIPPED if skipped else 0


def main(arguments):
    project = Path(next((each for each in arguments if not each.startswith("-")), Path(__file__).resolve().parents[2]))
    path = project / TABLE
    text = path.read_text(encoding="utf-8")
    source = source_of_tests()
    if "--check" in arguments:
        return check(project, text, source)
    if source is None:
        print("this Python (%s) has no %s: nothing was done" % (platform.python_version(), MODULE))
        return SKIPPED
    path.write_text(render(text, tests_in(source.read_text(encoding="utf-8")), platform.python_version()), encoding="utf-8")
    print("written: " + str(path))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
