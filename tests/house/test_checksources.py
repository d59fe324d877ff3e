# SPDX-License-Identifier: MIT
"""Each rule of checksources refuses what breaks it, and lets pass what does not."""
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "checksources")
MIT = "// SPDX-License-Identifier: MIT\n"
GPL = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


class CheckSources(unittest.TestCase):
    def run_on(self, files):
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = os.path.join(root, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            return subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True, check=False)

    def assert_refused(self, files, *words):
        result = self.run_on(files)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def assert_accepted(self, files):
        result = self.run_on(files)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def test_good_tree(self):
        self.assert_accepted({
            "core/procession/platform/child/spawn.cpp": MIT + "#include <procession/platform/child/spawn.h>\n#include <sys/wait.h>\n#include <unistd.h>\n",
            "core/job/job.cpp": MIT + "#include <procession/job.h>\n#include <QtCore/QFile>\n#include <cerrno>\n",
            "widgets/chart.cpp": GPL + "#include <qcustomplot.h>\n#include <QtWidgets/QLabel>\n#include \"chart_p.h\"\n",
            "tests/job/tst_job.cpp": MIT + "#include <unistd.h>\n",
        })

    def test_relative_include(self):
        self.assert_refused({"core/job/job.cpp": MIT + "#include \"../platform/spawn.h\"\n"},
            "core/job/job.cpp:2: relative include", "<procession/pool/pool.h>")

    def test_system_header_outside_of_platform(self):
        for header in ("unistd.h", "sys/wait.h", "signal.h", "linux/futex.h"):
            for folder, licence in (("core/job", MIT), ("widgets", GPL), ("app", GPL)):
                self.assert_refused({folder + "/a.cpp": licence + "#include <%s>\n" % header}, folder + "/a.cpp:2: header of the operating")

    def test_user_interface_below_widgets(self):
        for header in ("QtGui/QColor", "QtWidgets/QWidget", "QtWidgets", "QtQml/QJSEngine"):
            self.assert_refused({"core/job/a.h": MIT + "#include <%s>\n" % header}, "core/job/a.h:2: user interface below")

    def test_log_line_without_limit(self):
        for call in ("qWarning(\"x\")", "qCWarning(poolLog, \"x\")", "qCCritical(poolLog) << 1"):
            self.assert_refused({"core/pool/a.cpp": MIT + "void f() { %s; }\n" % call}, "core/pool/a.cpp:2: log line without a limit")
        self.assert_accepted({"core/procession/platform/base/loglimit.cpp": MIT + "void f() { qCWarning(category, \"x\"); }\n",
            "core/pool/a.h": MIT + "///     qWarning() << status;\nvoid f(); // qCWarning(poolLog, \"x\")\n",
            "core/pool/b.cpp": MIT + "void f() { qCInfo(processLog, \"x\"); }\n",
            "app/a.cpp": GPL + "void f() { qWarning(\"x\"); }\n"})

    def test_bare_qt_include(self):
        self.assert_refused({"core/job/a.h": MIT + "#include <QWidget>\n"}, "core/job/a.h:2: name the Qt module")

    def test_two_files_with_plots(self):
        plot = GPL + "#include <qcustomplot.h>\n"
        self.assert_refused({"widgets/a.cpp": plot, "widgets/b.cpp": plot}, "widgets/a.cpp:2: qcustomplot", "widgets/b.cpp:2: qcustomplot")

    def test_length(self):
        self.assert_refused({"app/a.cpp": GPL + "\n" * 500}, "app/a.cpp:501: file of 501 lines")
        self.assertIn("app/a.cpp: 301 lines", self.assert_accepted({"app/a.cpp": GPL + "\n" * 300}))
        self.assertEqual("", self.assert_accepted({"app/a.cpp": GPL + "\n" * 299}))

    def test_scripts_use_qml(self):
        self.assert_accepted({"core/procession/script/engine.cpp": MIT + "#include <QtQml/QJSEngine>\n"})
        self.assert_refused({"core/procession/script/engine.cpp": MIT + "#include <QtGui/QColor>\n"}, "user interface below")

    def test_wording(self):
        for words in ("Whoever calls it waits.", "Tells how far it is.", "It is to be called once.", "It has begun.",
                      "What becomes of a task.", "A message that is under way.", "Nobody reads it."):
            for comment in ("/// %s\nvoid f();\n", "void f(); // %s\n", "int x; ///< %s\n"):
                self.assert_refused({"core/pool/a.h": MIT + comment % words}, "core/pool/a.h:2: wording", "docs/style.md")
        self.assert_accepted({"core/pool/a.h": MIT + "/// The whole number, to tell builds apart.\nconst char *f = \"who told\";\n",
            "tests/pool/tst_a.cpp": MIT + "// Whoever calls it.\n"})

    def test_licence(self):
        self.assert_refused({"core/job/a.h": GPL}, "core/job/a.h:1: licence")
        self.assert_refused({"app/a.cpp": "int main() {}\n"}, "app/a.cpp:1: licence")


if __name__ == "__main__":
    unittest.main()
