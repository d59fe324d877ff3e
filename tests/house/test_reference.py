# SPDX-License-Identifier: MIT
"""The API reference is written without a warning, and has a page for each class of a public header."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("core", "widgets", "docs", "README.md", "CHANGELOG.md", "CONTRIBUTING.md")


def write(root, folder):
    return subprocess.run([sys.executable, root / "docs" / "reference", folder], capture_output=True, text=True, check=False)


class Reference(unittest.TestCase):
    def test_has_a_page_for_each_class(self):
        with tempfile.TemporaryDirectory() as folder:
            result = write(ROOT, folder)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            for name in ("Process", "Pool", "AsyncResult", "Queue", "Lock", "Value", "SharedMemory", "Monitor", "Job", "JobStore", "TaskView"):
                self.assertTrue((Path(folder) / "html" / ("classprocession_1_1%s.html" % name)).is_file(), name)

    def test_refuses_a_warning(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "tree"
            root.mkdir()
            for part in PARTS:
                copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
                copy(ROOT / part, root / part)
            header = root / "core/procession/pool/pool.h"
            header.write_text(header.read_text(encoding="utf-8").replace("/// Changes the number of workers.",
                "/// \\param nowhere  is no parameter\n    /// Changes the number of workers.", 1), encoding="utf-8")
            result = write(root, Path(folder) / "out")
            self.assertEqual(result.returncode, 1)
            self.assertIn("nowhere", result.stderr)


if __name__ == "__main__":
    if not shutil.which("doxygen") or not shutil.which("dot"):
        print("skipped: doxygen or graphviz is not installed")
        sys.exit(77)
    unittest.main()
