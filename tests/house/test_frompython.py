# SPDX-License-Identifier: MIT
"""docs/from-python.md names each name of the reference, and names nothing of Procession that is not in an installed header."""
import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "from-python.md"
NAMES = Path(__file__).with_name("reference-names.txt")
DUMMY = ("dummy.h", "dummycontext.h", "dummyprocess.h")
NOT_YET, NONE = "not yet", "none"
ROW = re.compile(r"^\| `([\w.]+)` \| (.*?) \| (.*?) \| (.*?) ?\|$")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def rows_of(text):
    """[(name of the reference, what it is here, header, remark)]"""
    return [match.groups() for match in map(ROW.match, text.splitlines()) if match]


class Headers:
    """What programs can include: procession.h and all that it includes."""

    def __init__(self, paths):
        self.texts = {}
        self.included = {}
        self.paths = paths
        self.read("procession.h")

    def read(self, name):
        if name in self.texts or name not in self.paths:
            return
        text = COMMENT.sub("", self.paths[name].read_text(encoding="utf-8"))
        self.texts[name] = text
        self.included[name] = re.findall(r"#include <procession/(?:\w+/)*(\w+\.h)>", text)
        for each in self.included[name]:
            self.read(each)

    def with_included(self, name):
        """The names of a header and of those that it includes, whose classes its own may derive from."""
        found, waiting = set(), [name]
        while waiting:
            each = waiting.pop()
            if each in self.texts and each not in found:
                found.add(each)
                waiting += self.included[each]
        return found

    def declares(self, header, name):
        text = self.texts.get(header, "")
        return bool(re.search(r"\b(?:class|struct|enum)\s+%s\b(?!\s*;)" % name, text) or re.search(
            r"\busing\s+%s\s*=" % name, text) or re.search(r"\b%s\s*\(" % name, text) or re.search(
                r"Q_DECLARE_LOGGING_CATEGORY\(%s\)" % name, text) or any(
                    re.search(r"\bnamespace (?:\w+::)*%s\b" % name, self.texts[each]) for each in self.with_included(header)))

    def class_of(self, headers, name):
        """(what a class is derived from, its body), or None."""
        for each in headers:
            match = re.search(r"\b(?:class|struct|enum class)\s+%s\b([^;{(]*)\{" % name, self.texts[each])
            if match:
                text, depth, end = self.texts[each], 1, match.end()
                while depth and end < len(text):
                    depth += {"{": 1, "}": -1}.get(text[end], 0)
                    end += 1
                return match.group(1), text[match.end():end]
        return None

    def has(self, header, owner, member):
        """Whether a class, or one that it is derived from, has a member."""
        headers, waiting = self.with_included(header), [owner]
        while waiting:
            found = self.class_of(headers, waiting.pop())
            if found and re.search(r"\b%s\b" % member, found[1]):
                return True
            waiting += re.findall(r"public (?:\w+::)*(\w+)", found[0]) if found else []
        return False


def spans_of(cell):
    return re.findall(r"`([^`]+)`", cell)


def fault_of(headers, row):
    """What is wrong with a row, or None."""
    name, here, header, remark = row
    if here == NONE:
        return None if remark else "does not say why there is none"
    if here == NOT_YET:
        owner = name.split(".")[0] if name.split(".")[0][0].isupper() else name.split(".")[-1]
        declared = [each for each in headers.texts if re.search(r"\bclass %s\b" % owner, headers.texts[each])]
        return "is said to be missing, and is in %s" % declared[0] if declared else None
    spans = spans_of(here)
    files = spans_of(header)
    if not spans or len(files) != 1:
        return "says neither what it is here, in `…` and with one header, nor \"%s\" nor \"%s\"" % (NOT_YET, NONE)
    if files[0] not in headers.texts:
        return "names %s, which programs cannot include" % files[0]
    for span in spans:
        owner, _, member = span.removesuffix("()").partition("::")
        if not headers.declares(files[0], owner):
            return "names %s, which %s does not declare" % (owner, files[0])
        if member and not headers.has(files[0], owner, member):
            return "names %s, which %s does not have" % (span, files[0])
    return None


def faults_of(headers, text, names):
    rows = rows_of(text)
    known = [row[0] for row in rows]
    faults = ["%s %s" % (row[0], fault) for row in rows for fault in [fault_of(headers, row)] if fault]
    faults += ["%s is there twice" % name for name in sorted({name for name in known if known.count(name) > 1})]
    faults += ["%s is missing" % name for name in names if name not in known]
    return faults + ["%s is not in %s" % (name, NAMES.name) for name in known if name not in names]


class FromPython(unittest.TestCase):
    def setUp(self):
        self.headers = Headers({path.name: path for path in ROOT.glob("core/**/*.h")})
        self.names = NAMES.read_text(encoding="utf-8").split()
        self.text = TABLE.read_text(encoding="utf-8")

    def test_table(self):
        self.assertGreater(len(self.headers.texts), 80)
        self.assertGreater(len(self.names), 150)
        self.assertEqual(faults_of(self.headers, self.text, self.names), [])

    def test_dummy_has_all_names(self):
        text = "".join(self.headers.texts[name] for name in DUMMY)
        owners = {span.removesuffix("()").partition("::")[0] for row in rows_of(self.text) for span in spans_of(row[1])}
        missing = [owner for owner in sorted(owners - {"procession", "dummy"}) if not re.search(
            r"\busing procession::%s;|\b(?:class|enum class) %s\b|\busing %s =|\b%s\(" % (owner, owner, owner, owner), text)]
        self.assertEqual(missing, [])

    def test_refuses(self):
        good = "| `Process` | `Process` | `process.h` | |\n"
        for rows, word in (
                ("", "is missing"),
                (good + good, "twice"),
                (good + "| `Pool` | `Pool` | `pool.h` | |\n", "not in reference-names.txt"),
                ("| `Process` | `Proces` | `process.h` | |\n", "does not declare"),
                ("| `Process` | `Process::launch()` | `process.h` | |\n", "does not have"),
                ("| `Process` | `Process` | `child.h` | |\n", "cannot include"),
                ("| `Process` | not yet |  | |\n", "is said to be missing"),
                ("| `Process` | none |  | |\n", "why there is none"),
                ("| `Process` | soon |  | |\n", "neither")):
            faults = faults_of(self.headers, rows, ["Process"])
            self.assertEqual(len(faults), 1, faults)
            self.assertIn(word, faults[0])


if __name__ == "__main__":
    unittest.main()
