# SPDX-License-Identifier: MIT
"""<procession/procession.h> includes all that programs use of Core."""
import glob
import os
import re
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
# core/platform and core/memory are for the other layers; procession.h names the few headers of them that are not.
FOLDERS = ("core/ipc", "core/monitor", "core/pool", "core/process", "core/queue", "core/shared", "core/sync")
INTERNAL = {
    "arenafiles.h", "arenareader.h", "describe.h", "describetask.h", "snapshottaker.h",
    "barrierstate.h", "conditionstate.h", "eventstate.h",
    "child.h", "childmain.h", "childsetup.h", "childstart.h", "exceptionregistry.h", "exceptiontext.h", "eagerwait.h", "executable.h", "forklauncher.h",
    "forkserver.h", "forkserverlauncher.h", "forkservermessages.h", "frame.h", "inheritance.h", "launcher.h", "mindedchild.h", "ownprocess.h",
    "numbervariant.h", "parentwatch.h", "pidfdchild.h", "processobject.h", "queuelog.h", "queuereader.h", "queuewatch.h", "shareableitem.h", "shareablelistlayout.h", "shareddatastate.h",
    "completeoptions.h", "functionnames.h", "linesplitter.h", "outputqueue.h", "outputrelay.h", "settled.h", "stoppedworkers.h",
    "taskfunctionnames.h", "tasksplitter.h", "workerlimits.h", "workeroutputreader.h", "workerstreams.h",
    "losttasks.h", "poolreports.h", "poolsize.h", "pooltasks.h", "tasklimits.h", "taskstopper.h",
    "poolcore.h", "poollog.h", "poolqueue.h", "poolrecords.h", "poolworker.h", "poolworkers.h", "inflighttasks.h", "taskdispatcher.h", "taskmessage.h", "workersetup.h",
    "functionnames.h", "settled.h", "taskfunctionnames.h",
    "spawnlauncher.h", "synclog.h", "threadlauncher.h", "work.h",
    "tasklibraryinfo.h",
}


def headers(folder):
    return {os.path.basename(path): path for path in glob.glob(os.path.join(ROOT, folder, "*.h"))}


def includes(path):
    with open(path, encoding="utf-8") as file:
        return re.findall(r"^#include <procession/(\w+\.h)>", file.read(), re.MULTILINE)


class Umbrella(unittest.TestCase):
    def setUp(self):
        self.known = {name: path for folder in FOLDERS + ("core/memory", "core/platform") for name, path in headers(folder).items()}
        self.reached = set()
        self.reach("procession.h")

    def reach(self, name):
        if name not in self.reached:
            self.reached.add(name)
            for included in includes(self.known[name]):
                self.reach(included)

    def test_every_header_is_included_or_internal(self):
        names = {name for folder in FOLDERS for name in headers(folder)}
        self.assertGreater(len(names), 40)
        forgotten = sorted(names - self.reached - INTERNAL)
        self.assertEqual(forgotten, [], "include them in core/pool/procession.h, or name them in INTERNAL here")

    def test_internal_headers_exist_and_are_not_included(self):
        self.assertEqual(sorted(INTERNAL - set(self.known)), [])
        self.assertEqual(sorted(INTERNAL & self.reached), [])

    def test_no_two_headers_have_one_name(self):
        # Once installed, all lie in one folder.
        names = [os.path.basename(path) for path in glob.glob(os.path.join(ROOT, "core", "*", "*.h"))
                 + glob.glob(os.path.join(ROOT, "widgets", "**", "*.h"), recursive=True)]
        self.assertGreater(len(names), 200)
        self.assertEqual(sorted({name for name in names if names.count(name) > 1}), [])

    def test_each_header_is_named_once_in_order(self):
        named = includes(self.known["procession.h"])
        self.assertEqual(named, sorted(set(named)))


if __name__ == "__main__":
    unittest.main()
