# SPDX-License-Identifier: MIT
"""The comparison of examples refuses what differs."""
import unittest

from run_example import ANY_ORDER, compare


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

    def test_order(self):
        self.assertNotEqual(compare(["a", "b"], ["b", "a"]), "")
        self.assertEqual(compare([ANY_ORDER, "a", "b"], ["b", "a"]), "")
        self.assertNotEqual(compare([ANY_ORDER, "a", "b"], ["b", "b"]), "")


if __name__ == "__main__":
    unittest.main()
