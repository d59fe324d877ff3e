# SPDX-License-Identifier: MIT
"""What the README shows is what is compiled and run."""
import os
import re
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


class Readme(unittest.TestCase):
    def blocks(self, language):
        fences = re.findall(r"^```(\w*)\n(.*?)^```$", read("README.md"), re.MULTILINE | re.DOTALL)
        return [text for name, text in fences if name == language]

    def test_examples_are_the_compiled_ones(self):
        examples = []
        for name in ("sharedstate", "poolfailures", "batch"):
            licence, example = read("examples/%s.cpp" % name).split("\n", 1)
            self.assertIn("SPDX-License-Identifier", licence)
            examples.append(example)
        self.assertEqual(self.blocks("cpp")[1:], examples)

    def test_first_program_is_short(self):
        # tests/package builds and runs it.
        self.assertLessEqual(len(self.blocks("cpp")[0].splitlines()), 30)

    def test_begins_with_code(self):
        self.assertLess(read("README.md").splitlines().index("```cpp"), 40)

    def test_names_each_layer(self):
        rows = "".join(line.split("|")[1] for line in read("README.md").splitlines() if line.startswith("| `"))
        folders = re.findall(r"^\s*procession_layer\(\w+\s+FOLDER (\S+)", read("CMakeLists.txt") + read("app/CMakeLists.txt"), re.MULTILINE)
        self.assertGreater(len(folders), 10)
        for folder in folders:
            self.assertIn("`%s`" % folder, rows)

    def test_quick_start_is_two_lines(self):
        self.assertEqual(self.blocks("")[0], "./dev run\n./dev test\n")

    def test_files_and_folders_exist(self):
        text = read("README.md")
        rows = "".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
        names = re.findall(r"`([\w/]+)`", rows) + re.findall(r"\]\((\w[\w/.]+)\)", text) + ["packages.txt", "LICENSES"]
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertTrue(os.path.exists(os.path.join(ROOT, name)), name)


if __name__ == "__main__":
    unittest.main()
