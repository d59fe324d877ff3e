# SPDX-License-Identifier: MIT
"""The map of the layers is what CMake builds, and names only what the tree has."""
import importlib.machinery
import importlib.util
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("core", "widgets", "app", "tests", "examples", "benchmarks", "cmake", "docs", "translations")
SUFFIXES = (".h", ".cpp", ".py", ".cmake", ".ts", ".md", ".1", ".txt")

sys.dont_write_bytecode = True # docs/drawlayers lies among documents


def load(path):
    loader = importlib.machinery.SourceFileLoader("drawlayers", str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("drawlayers", loader))
    loader.exec_module(module)
    return module


drawlayers = load(ROOT / "docs" / "drawlayers")

LAYERS = """
procession_layer(low FOLDER core/low OFFERED USES Qt6::Core) # the lowest
procession_layer(middle FOLDER core/middle ROOMS first second . BELOW low
    USES Qt6::Core INTERNAL $<BUILD_INTERFACE:Boost::headers>)
set(core_layers low middle)
procession_library(Core LAYERS ${core_layers})
procession_layer(high FOLDER app BELOW %s)
"""


class Drawing(unittest.TestCase):
    def test_draws_what_stands_on_what(self):
        drawing = drawlayers.draw([LAYERS % "middle"])
        self.assertIn("    high --> middle\n    middle --> low\n", drawing)
        self.assertIn("| `middle` | `core/middle` | `first` `second` | `low` | Qt6::Core | Boost::headers | `Procession::Core` |\n", drawing)
        self.assertIn("| `high` | `app` | – | `middle` | – | – | – |\n", drawing)

    def test_changes_with_the_layers(self):
        self.assertNotEqual(drawlayers.draw([LAYERS % "middle"]), drawlayers.draw([LAYERS % "low"]))

    def test_refuses_a_layer_that_stands_on_a_later_one(self):
        with self.assertRaises(SystemExit):
            drawlayers.draw([LAYERS % "higher"])


class Page(unittest.TestCase):
    def setUp(self):
        self.page = drawlayers.PAGE.read_text(encoding="utf-8")
        self.text = re.sub(r"```.*?```", "", self.page, flags=re.DOTALL)
        self.files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]

    def test_shows_the_layers_that_there_are(self):
        self.assertEqual(drawlayers.drawn(self.page), drawlayers.draw(drawlayers.sources()),
                         "docs/drawlayers --write brings the page up to date")

    def test_has_a_paragraph_for_each_layer(self):
        layers, _ = drawlayers.read(drawlayers.sources())
        self.assertEqual(re.findall(r"^\*\*`(\w+)`\*\*", self.text, re.MULTILINE), [layer.name for layer in layers])

    def test_names_files_that_there_are(self):
        named = set(re.findall(r"`(?:[\w/]+/)?(\w[\w-]*(?:\.h|\.cpp|\.py|\.md|\.1|\.ts|\.cmake))`", self.text))
        self.assertGreater(len(named), 50)
        missing = named - {path.name for path in self.files}
        self.assertEqual(sorted(name for name in missing if not re.search("[A-Z]{4}", name)), []) # NAMEverb.cpp is a pattern

    def test_names_what_the_sources_have(self):
        code = "".join(path.read_text(encoding="utf-8") for path in self.files if path.suffix in (".h", ".cpp"))
        words = set(re.findall(r"\w+", code))
        quoted = re.findall(r"`([A-Za-z_]\w*(?:::\w+)*)(?:\(\))?`", self.text)
        named = {name for each in quoted for name in each.split("::")}
        layers, _ = drawlayers.read(drawlayers.sources())
        self.assertGreater(len(named), 100)
        self.assertEqual(sorted(named - words - {layer.name for layer in layers} - {"Procession"}), [])

    def test_walks_are_short(self):
        walks = re.split(r"^### ", self.page, flags=re.MULTILINE)[1:]
        self.assertEqual(len(walks), 3)
        for walk in walks:
            steps = re.findall(r"^(\d+)\. ", walk.split("\n## ")[0], re.MULTILINE)
            self.assertEqual(steps, [str(number) for number in range(1, len(steps) + 1)])
            self.assertIn(len(steps), range(5, 13))


if __name__ == "__main__":
    unittest.main()
