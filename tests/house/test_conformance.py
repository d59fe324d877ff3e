# SPDX-License-Identifier: MIT
"""conformance.py keeps what was written beside the tests of CPython, and refuses a table that is not complete."""
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "conformance"))
import conformance  # noqa: E402

SOURCE = """
class _TestWait:
    def test_one(self): pass
    def helper(self): pass
    def test_two(self): pass
class Helper:
    pass
"""
HEAD = "The tests of CPython 3.1.0.\n\n| CPython | here | remark |\n|---|---|---|\n"
FUNCTIONS = {"tst_wait": {"one"}}


def row(name, here, remark=""):
    return "| `%s` | %s | %s |\n" % (name, here, remark)


class Conformance(unittest.TestCase):
    def setUp(self):
        self.tests = conformance.tests_in(SOURCE)

    def faults(self, text):
        return conformance.row_faults(text, FUNCTIONS) + conformance.left_faults(text, self.tests)

    def test_finds_tests(self):
        self.assertEqual(self.tests, ["_TestWait.test_one", "_TestWait.test_two"])

    def test_good_table(self):
        text = HEAD + row("_TestWait.test_one", "`tst_wait one`") + row("_TestWait.test_two", "later: queues") + "\nThe end.\n"
        self.assertEqual(self.faults(text), [])
        self.assertEqual(conformance.render(text, self.tests, "3.1.0"), text)

    def test_renders_anew(self):
        text = HEAD + row("_TestWait.test_two", "`tst_wait one`", "Yes.") + row("_TestWait.gone", "later: queues")
        expected = HEAD.replace("3.1.0", "3.2.0") + row("_TestWait.test_one", "") + row(
            "_TestWait.test_two", "`tst_wait one`", "Yes.")
        self.assertEqual(conformance.render(text, self.tests, "3.2.0"), expected)

    def test_refuses(self):
        good = row("_TestWait.test_one", "`tst_wait one`")
        for rows, word in (
                (good, "missing"),
                (good + row("_TestWait.test_two", ""), "not where"),
                (good + row("_TestWait.test_two", "`tst_wait two`"), "not in tests/"),
                (good + row("_TestWait.test_two", "`tst_other one`"), "not in tests/"),
                (good + row("_TestWait.test_two", "not applicable"), "why"),
                (good + row("_TestWait.test_two", "later: ") , "not where"),
                (good + good + row("_TestWait.test_two", "later: queues"), "twice"),
                (good + row("_TestWait.test_two", "later: queues") + row("_TestWait.test_three", "later: queues"), "stale")):
            faults = self.faults(HEAD + rows)
            self.assertEqual(len(faults), 1, faults)
            self.assertIn(word, faults[0])


if __name__ == "__main__":
    unittest.main()
