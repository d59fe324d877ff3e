#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program and compares all that it prints with a file.

    run_example.py PROGRAM EXPECTED [METHOD]

The program is told to start its processes by METHOD; with "any", or without, it is told nothing.
In the file {number} stands for any number, and {dots} for as many dots as there are, or none. When its first line is "# in any order", so is the order of the lines.
"""
import difflib
import os
import re
import subprocess
import sys

ANY_ORDER = "# in any order"
METHOD_VARIABLE = "PROCESSION_START_METHOD"


def matches(expected, printed):
    pattern = re.escape(expected).replace(r"\{number\}", r"-?\d+").replace(r"\{dots\}", r"\.*")
    return re.fullmatch(pattern, printed) is not None


def compare(expected, printed):
    """A difference for people to read; empty when there is none."""
    if expected and expected[0] == ANY_ORDER:
        expected, printed = sorted(expected[1:]), sorted(printed)
    if len(expected) == len(printed) and all(map(matches, expected, printed)):
        return ""
    return "\n".join(difflib.unified_diff(expected, printed, "expected", "printed", lineterm=""))


def environment(method):
    """That of this program, with the start method in it and no other."""
    variables = {name: value for name, value in os.environ.items() if name != METHOD_VARIABLE}
    return variables if method == "any" else {**variables, METHOD_VARIABLE: method}


def main(program, expected_file, method="any"):
    result = subprocess.run([program], env=environment(method), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    with open(expected_file, encoding="utf-8") as file:
        difference = compare(file.read().splitlines(), result.stdout.splitlines())
    if difference:
        print(difference)
    if result.returncode != 0:
        print("%s ended with %d:\n%s" % (program, result.returncode, result.stdout))
    return 1 if difference or result.returncode != 0 else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
