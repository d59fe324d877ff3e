# SPDX-License-Identifier: MIT
"""Each #include of ours names the end of one file's path in the tree, and none goes up: the layers and rooms are those of the build."""
import os
import re
import tempfile
import unittest

from layers import all_below, read_layers

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
LAYERED = ("core", "widgets", "app")
BESIDE = ("tests", "benchmarks", "examples")
GENERATED = ("procession/corekey.h",)
MOST_FILES = 26
INCLUDE = re.compile(r'^\s*#\s*include ([<"])([^>"]+\.h)[>"]', re.MULTILINE)
OURS = re.compile(r"^(procession|app)/")
UMBRELLAS = ("core/procession/procession.h", "core/procession/job/jobs.h", "widgets/procession/widgets/widgets.h")


class Checkout:
    def __init__(self, root):
        self.root = root
        self.files = []
        for top in LAYERED + BESIDE:
            for folder, folders, names in os.walk(os.path.join(root, top)):
                folders.sort()
                self.files += [os.path.relpath(os.path.join(folder, name), root) for name in sorted(names) if name.endswith((".h", ".cpp"))]
        self.layers = read_layers(root)
        self.rooms = {room: (layer, place) for layer in self.layers.values() for place, room in enumerate(layer.rooms)}
        self.ends = {}
        for file in self.files:
            parts = file.split("/")
            for first in range(len(parts)):
                self.ends.setdefault("/".join(parts[first:]), []).append(file)
        self.public = {os.path.basename(path) for umbrella in UMBRELLAS if umbrella in self.files
                       for path in [umbrella] + [name for _, name in self.includes(umbrella)]}

    def includes(self, file):
        with open(os.path.join(self.root, file), encoding="utf-8") as source:
            return INCLUDE.findall(source.read())

    def is_public_name(self, name):
        return os.path.dirname(name) == "procession" and os.path.basename(name) in self.public

    def fault(self, file, bracket, name):
        """What is wrong with an #include, or None."""
        layered = file.startswith(tuple(top + "/" for top in LAYERED))
        if bracket == '"':
            beside = [os.path.join(folder, name) for folder in (os.path.dirname(file), "tests/support", "tests/conformance")]
            return None if any(path in self.files for path in beside) or layered else "is nowhere beside it"
        if not OURS.match(name) or name in GENERATED:
            return None
        targets = [target for target in self.ends.get(name, []) if target.startswith(tuple(top + "/" for top in LAYERED))]
        if not targets and not layered and self.is_public_name(name):
            return None
        if len(targets) != 1:
            return "is the end of %d paths" % len(targets)
        return self.way_up(file, targets[0]) if layered else None

    def way_up(self, file, target):
        """What is wrong with the direction of an #include, or None."""
        rooms = [self.rooms.get(os.path.dirname(path)) for path in (file, target)]
        if None in rooms:
            return "leads from or to a folder that is no room of a layer"
        (layer, place), (other, other_place) = rooms
        if layer is other:
            return "goes up, to room %s" % other.rooms[other_place] if other_place > place else None
        return None if other.name in all_below(self.layers, layer.name) else "goes up, to layer %s" % other.name

    def faults(self):
        for file in self.files:
            for bracket, name in self.includes(file):
                fault = self.fault(file, bracket, name)
                if fault:
                    yield "%s: %s %s" % (file, name, fault)

    def crowded(self):
        counts = {}
        for file in self.files:
            if file.startswith(tuple(top + "/" for top in LAYERED)):
                counts[os.path.dirname(file)] = counts.get(os.path.dirname(file), 0) + 1
        return ["%s: %d files" % (folder, count) for folder, count in sorted(counts.items()) if count > MOST_FILES]


class Includes(unittest.TestCase):
    def test_of_this_checkout(self):
        checkout = Checkout(ROOT)
        self.assertGreater(len(checkout.files), 900)
        self.assertGreater(len(checkout.rooms), 40)
        self.assertEqual(list(checkout.faults()), [])
        self.assertEqual(checkout.crowded(), [])

    def faults_with(self, file, text):
        with tempfile.TemporaryDirectory() as root:
            files = {
                "CMakeLists.txt": "procession_layer(low FOLDER core/procession/low ROOMS deep .)\n"
                                  "procession_layer(high FOLDER core/procession/high BELOW low)\n",
                "app/CMakeLists.txt": "procession_layer(app FOLDER app ROOMS . BELOW high)\n",
                "core/procession/low/deep/a.h": "", "core/procession/low/b.h": "#include <procession/low/deep/a.h>\n",
                "core/procession/high/c.h": "#include <procession/low/b.h>\n", "app/d.h": "#include <procession/high/c.h>\n", file: text}
            for name, content in files.items():
                os.makedirs(os.path.dirname(os.path.join(root, name)) or root, exist_ok=True)
                with open(os.path.join(root, name), "w", encoding="utf-8") as out:
                    out.write(content)
            return list(Checkout(root).faults())

    def test_good_ones_pass(self):
        self.assertEqual(self.faults_with("app/e.h", "#include <app/d.h>\n#include <procession/low/deep/a.h>\n#include <QtCore/QFile>\n"), [])

    def test_up_to_a_layer(self):
        self.assertEqual(self.faults_with("core/procession/low/e.h", "#include <procession/high/c.h>\n"),
                         ["core/procession/low/e.h: procession/high/c.h goes up, to layer high"])
        self.assertEqual(self.faults_with("core/procession/high/e.h", "#include <app/d.h>\n"),
                         ["core/procession/high/e.h: app/d.h goes up, to layer app"])

    def test_up_to_a_room(self):
        self.assertEqual(self.faults_with("core/procession/low/deep/e.h", "#include <procession/low/b.h>\n"),
                         ["core/procession/low/deep/e.h: procession/low/b.h goes up, to room core/procession/low"])

    def test_names_that_lead_nowhere(self):
        self.assertEqual(self.faults_with("core/procession/high/e.h", "#include <procession/b.h>\n"),
                         ["core/procession/high/e.h: procession/b.h is the end of 0 paths"])
        self.assertEqual(self.faults_with("tests/e.cpp", '#include "nowhere.h"\n'), ["tests/e.cpp: nowhere.h is nowhere beside it"])


if __name__ == "__main__":
    unittest.main()
