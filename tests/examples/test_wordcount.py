#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The example that counts words finds the same whichever way it counts, and in any kind of file.

    test_wordcount.py PROGRAM METHOD
"""
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest

from run_example import environment

PROGRAM, METHOD = sys.argv[1:3] if __name__ == "__main__" and len(sys.argv) > 2 else (None, None)
KILLED = re.compile(r"killed workers: (\d+)")


NOBODY = 65534


def run(folder, *options, **how):
    return subprocess.run([PROGRAM, folder, *options], env=environment(METHOD), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8", check=False, **how)


def can_run_as_nobody():
    return os.geteuid() == 0 and subprocess.run(["test", "-x", PROGRAM], user=NOBODY, check=False).returncode == 0


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = self.temporary.name

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def printed(self, *options):
        result = run(self.folder, *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.splitlines()


class AnyFile(Folder):
    def setUp(self):
        super().setUp()
        self.write("a/text", "The cat, the dog.\nÄpfel und äpfel".encode())
        self.write("a/b/invalid", b"cat\xff\xfe dog\xc3")
        self.write("a/b/binary", b"cat\0dog")
        self.write("a/b/binary later", b"cat " + b"1" * (1 << 19) + b"\0dog")
        self.write("a/b/no words", b"1234 !? " + b"x" * 1000)
        self.write(os.fsdecode(b"a/na\xffme"), "𐐀dog 𐐀dog".encode())
        self.write("a/empty", b"")
        # The pieces in which a file is read end within a character, and within a word.
        self.write("a/long", b"1" * ((1 << 18) - 1) + "äpfel".encode())
        os.symlink("..", os.path.join(self.folder, "a", "loop"))
        os.symlink("text", os.path.join(self.folder, "a", "link"))
        os.symlink("nowhere", os.path.join(self.folder, "a", "dangling"))
        os.mkfifo(os.path.join(self.folder, "a", "fifo"))

    def test_what_is_counted(self):
        for options in (["--serial"], []):
            lines = self.printed(*options)
            self.assertEqual(lines[0], "8 files, 1 of them binary and 0 unreadable")
            self.assertTrue(lines[1].startswith("14 words, 6 different ones; "), lines[1])
            words = {word: int(times) for times, word in map(str.split, lines[2:])}
            self.assertEqual(words, {"cat": 3, "dog": 3, "the": 2, "äpfel": 3, "und": 1, "𐐨dog": 2})

    def test_what_cannot_be_read(self):
        self.write("forbidden/file", b"cat")
        os.chmod(self.write("a/forbidden", b"cat"), 0)
        forbidden = os.path.join(self.folder, "forbidden")
        os.chmod(forbidden, 0)
        self.addCleanup(os.chmod, forbidden, 0o700)
        os.chmod(self.folder, 0o755)
        how = {}
        if os.geteuid() == 0:  # who can read anything
            if not can_run_as_nobody():
                self.skipTest("root can read any file, and nobody else can run " + PROGRAM)
            how = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        for options in (["--serial"], []):
            result = run(self.folder, *options, **how)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(result.stdout.splitlines()[0], "9 files, 1 of them binary and 1 unreadable")

    def test_no_folder(self):
        result = run(os.path.join(self.folder, "nowhere"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("is no folder", result.stderr)
        self.assertEqual(run(self.folder, "--processes", "-1").returncode, 1)


class ManyFiles(Folder):
    def setUp(self):
        super().setUp()
        source = random.Random(1)
        words = ["".join(source.choices("abcdefghäöü", k=source.randint(1, 5))) for _ in range(2000)]
        for i in range(2000):
            self.write("%d/%d" % (i % 13, i), " ".join(source.choices(words, k=200)).encode())

    def test_same_whichever_way(self):
        expected = self.printed("--serial", "--top", "1000")
        self.assertEqual(len(expected), 1002)
        self.assertEqual(self.printed("--top", "1000"), expected)
        self.assertEqual(self.printed("--top", "1000", "--processes", "5"), expected)

    def test_killed_workers_change_nothing(self):
        if METHOD == "thread":
            result = run(self.folder, "--kill")
            self.assertEqual(result.returncode, 1)
            self.assertIn("processes", result.stderr)
            return
        expected = self.printed("--serial")
        killed = 0
        for _ in range(10):
            result = run(self.folder, "--kill")
            self.assertEqual(result.stdout.splitlines(), expected, result.stderr)
            killed += int(KILLED.search(result.stderr).group(1))
            if killed > 2:
                return
        self.fail("only %d workers were killed" % killed)


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    unittest.main(argv=sys.argv[:1])
