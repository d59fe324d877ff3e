# SPDX-License-Identifier: MIT
"""What a checkout says of its layers and rooms, without a build: read from the CMakeLists.txt files."""
import os
import re

CALL = re.compile(r"^\s*procession_layer\(([^)]*)\)", re.MULTILINE)
KEYWORDS = ("FOLDER", "ROOMS", "BELOW", "USES", "INTERNAL", "PRECOMPILED", "OFFERED")
LISTS = ("CMakeLists.txt", "app/CMakeLists.txt")


class Layer:
    """`rooms`: folders, lowest first. `below`: names of the layers directly below."""

    def __init__(self, words):
        values = {}
        keyword = None
        for word in words[1:]:
            if word in KEYWORDS:
                keyword = word
                values[keyword] = []
            else:
                values[keyword].append(word)
        self.name = words[0]
        self.folder = values["FOLDER"][0]
        self.rooms = [os.path.normpath(os.path.join(self.folder, room)) for room in values.get("ROOMS", ["."])]
        self.below = values.get("BELOW", [])


def read_layers(root):
    """All layers, lowest first, by name."""
    layers = {}
    for name in LISTS:
        with open(os.path.join(root, name), encoding="utf-8") as file:
            text = re.sub(r"#[^\n]*", "", file.read())
        for call in CALL.findall(re.sub(r"\$<[^>\s]*>", "", text)):
            layer = Layer(call.split())
            layers[layer.name] = layer
    return layers


def all_below(layers, name):
    """The names of all layers below a layer."""
    below = set()
    for lower in layers[name].below:
        below |= {lower} | all_below(layers, lower)
    return below
