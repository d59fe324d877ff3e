# SPDX-License-Identifier: MIT
"""The comparison of examples refuses what differs."""
import os
import unittest
from unittest import mock

from run_example import ANY_ORDER, METHOD_VARIABLE, compare, environment


class Compare(unittest.TestCase):
    def test_literal_lines(self):
        self.assertEqual(compare(["a.c (1)", "b"], ["a.c (1)", "b"]), "")
        self.assertNotEqual(compare(["a.c"], ["abc"]), "")

    def test_missing_and_additional_lines(self):
        self.assertNotEqual(compare(["a", "b"], ["a"]), "")
        self.assertNotEqual(compare(["a"], ["a", "b"]), "")
        self.assertNotEqual(compare(["a"], []), "")

    def test_numbers(self):
        self.assertEqual(compare(["pid {number}."], ["pid 4711."]), "")
        self.assertNotEqual(compare(["pid {number}."], ["pid ."]), "")
        self.assertNotEqual(compare(["pid {number}"], ["pid 12x"]), "")

    def test_dots(self):
        for printed in ("one", "one.", "one..."):
            self.assertEqual(compare(["one{dots}"], [printed]), "")
        self.assertNotEqual(compare(["one{dots}"], ["one.,"]), "")

    def test_order(self):
        self.assertNotEqual(compare(["a", "b"], ["b", "a"]), "")
        self.assertEqual(compare([ANY_ORDER, "a", "b"], ["b", "a"]), "")
        self.assertNotEqual(compare([ANY_ORDER, "a", "b"], ["b", "b"]), "")


@mock.patch.dict(os.environ, {METHOD_VARIABLE: "spawn", "OTHER": "stays"})
class Environment(unittest.TestCase):
    def test_method(self):
        self.assertEqual(environment("fork")[METHOD_VARIABLE], "fork")
        self.assertEqual(environment("fork")["OTHER"], "stays")

    def test_any(self):
        self.assertNotIn(METHOD_VARIABLE, environment("any"))


if __name__ == "__main__":
    unittest.main()
