# SPDX-License-Identifier: MIT
"""The headers that an umbrella includes are what programs use of a library, by their short names."""
import glob
import os
import re
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
UMBRELLAS = ("core/procession/procession.h", "core/procession/job/jobs.h", "widgets/procession/widgets/widgets.h")


def includes(umbrella):
    with open(os.path.join(ROOT, umbrella), encoding="utf-8") as file:
        return re.findall(r"^#include <(procession/[\w/]+\.h)>", file.read(), re.MULTILINE)


class Umbrella(unittest.TestCase):
    def test_each_header_is_named_once_in_order(self):
        for umbrella in UMBRELLAS:
            self.assertGreater(len(includes(umbrella)), 15)
            self.assertEqual(includes(umbrella), sorted(set(includes(umbrella))))

    def test_no_short_name_is_given_twice(self):
        names = [os.path.basename(path) for umbrella in UMBRELLAS for path in includes(umbrella) + [umbrella]]
        self.assertEqual(sorted({name for name in names if names.count(name) > 1}), [])

    def test_no_two_headers_have_one_name(self):
        # A person who looks for a header finds one.
        names = [os.path.basename(path) for top in ("core", "widgets", "app")
                 for path in glob.glob(os.path.join(ROOT, top, "**", "*.h"), recursive=True)]
        self.assertGreater(len(names), 300)
        self.assertEqual(sorted({name for name in names if names.count(name) > 1}), [])


if __name__ == "__main__":
    unittest.main()
