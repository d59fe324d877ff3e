# SPDX-License-Identifier: MIT
"""procession::dummy has each name that programs use of procession: what the headers declare that procession.h names, and some more."""
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DUMMY = ("dummy.h", "dummycontext.h", "dummyprocess.h")
# Headers for programs that procession.h reaches through others.
MORE = ("asyncresult.h", "calloutput.h", "poolerrors.h", "poolinitializer.h", "pooloptions.h", "pooloutput.h", "poolworkerinfo.h",
        "queueerrors.h", "rawarray.h", "rawvalue.h", "resultiterator.h", "snapshot.h", "synchronized.h", "taskoptions.h", "taskprogress.h")
# What those headers declare for the library itself.
INTERNAL = {
    "addRegisteredFunction", "addTaskFunction", "argumentAs", "convertArgument", "decodeException", "decodeFunction",
    "decodeMemberPointer", "decodeValue", "encodeArgument", "encodeException", "encodeFunction", "encodeMemberPointer",
    "encodeValue", "FunctionPointer", "makeRegisteredFunction", "MemberPointerWords", "refuseArgument", "refuseFunction",
    "Remote", "RemoteWithNested", "ResultStream", "rethrowDecoded", "StatelessFunction", "TaskRegistration",
}
DECLARATION = re.compile(
    r"^(?:(?:class|struct|enum class|enum|concept)\s+(\w+)\b(?!\s*;|<)|using (\w+)|inline constexpr [\w<>]+\s(\w+)"
    r"|(?:\[\[noreturn\]\] )?(?:inline |constexpr )*[A-Za-z][\w:<>,*&\[\] ]*?[ &*](\w+)\()", re.MULTILINE)


def code_of(path):
    return re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))


def without_details(text):
    """Without the namespaces that are nobody's business."""
    return re.sub(r"^namespace (?:detail|procession::detail)\b.*?^\} // namespace.*?$", "", text, flags=re.MULTILINE | re.DOTALL)


def names_in(path):
    text = re.sub(r"//(?! namespace)[^\n]*", "", path.read_text(encoding="utf-8"))
    text = without_details(text)
    return {name for match in DECLARATION.finditer(text) for name in match.groups() if name and not name.startswith(
        ("operator", "Q_", "qHash", "static_assert", "requires", "PROCESSION_"))}


class Dummy(unittest.TestCase):
    def test_has_all_names(self):
        paths = {path.name: path for path in ROOT.glob("core/**/*.h")}
        named = re.findall(r"#include <procession/(?:\w+/)*(\w+\.h)>", code_of(paths["procession.h"]))
        declared = {name: header for header in set(named) - set(DUMMY) | set(MORE) for name in names_in(paths[header])}
        self.assertGreater(len(declared), 120)
        text = "".join(code_of(paths[name]) for name in DUMMY)
        missing = ["%s of %s" % (name, header) for name, header in sorted(declared.items()) if name not in INTERNAL and not re.search(
            r"\busing procession::%s;|\b(?:class|enum class) %s\b|\busing %s =|\b%s\(" % (name, name, name, name), text)]
        self.assertEqual(missing, [], "name them in core/procession/dummy.h, or in INTERNAL here")


if __name__ == "__main__":
    unittest.main()
