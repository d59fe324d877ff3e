# SPDX-License-Identifier: MIT
"""Each \\code block of a public header compiles.

    test_examples.py COMPILER FLAG...

An example becomes a member function of a class derived from World (exampleworld.h); its parameters are what GIVEN names for the header.
Paragraphs that define something stand before that class. `…` stands for statements that are left out.
"""
import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PIECES = 2 # translation units

# What stands before the examples of a header, as a person would write it who uses them.
GIVEN = {
    "asyncresult.h": "Pool &pool",
    "barrieraction.h": "const Queue<int> &results",
    "batchpreview.h": "BatchPreview &preview, const BatchDraft &draft",
    "batchrun.h": "const BatchRequest &request",
    "bind.h": "double image",
    "condition.h": "const Condition &condition, QList<int> &list, int value",
    "connectionnotifier.h": "const Connection &connection",
    "exceptioncodec.h": "Encoder &encoder, const QByteArray &trace",
    "exitstatus.h": "const Process &process",
    "functioncall.h": "Pool &pool, const BatchDefinition &definition",
    "haltrule.h": "JobOptions &options",
    "inputfeed.h": "const std::shared_ptr<RowStream> &stream, const std::shared_ptr<JobBatch> &batch, const QString &folder, const JobOptions &options",
    "job.h": "const BatchDefinition &definition, const QString &folder",
    "jobbatch.h": "const BatchDefinition &definition, const QString &folder",
    "executorsetup.h": "const std::shared_ptr<const JobBatch> &batch",
    "remoteerror.h": "const AsyncResult<int> &results",
    "jobhistory.h": "JobHistory &history, qint64 job, TaskIndex task",
    "joblog.h": "const Attempt &attempt, const TaskSource &source",
    "livelines.h": "const Attempt &attempt",
    "outputsequencer.h": "const Attempt &attemptOfTask0, const Attempt &attemptOfTask1",
    "pool.h": "Pool &pool, const QStringList &scenes",
    "newbatchdialog.h": "QWidget *parent",
    "joinablequeue.h": "const JoinableQueue<int> &tasks",
    "poolerrors.h": "Pool &pool, const QString &scene, Page &image",
    "process.h": "const QString &name, const QStringList &names",
    "processerror.h": "int fd, const QByteArray &path",
    "programprocess.h": "const QString &path, QFile &file",
    "queuenotifier.h": "const Queue<int> &queue",
    "registeredfunction.h": "const QString &file",
    "resultiterator.h": "Pool &pool, const QString &folder, const QStringList &files, Book &book",
    "resultsfolder.h": "const TaskOutput &output",
    "spoolfolder.h": "TaskIndex task",
    "target.h": "const QString &fileName, Encoder &encoder",
    "taskfeed.h": "std::shared_ptr<const TaskSource> source, std::unique_ptr<Executor> executor, const JobOptions &options",
    "tasklibrary.h": "const QString &file",
    "taskmodel.h": "Job &job, const std::shared_ptr<TaskFeed> &feed",
    "taskprogress.h": "int rows",
    "temporaryfolder.h": "const std::shared_ptr<CommandBatch> &batch",
    "threadpool.h": "const QList<QUrl> &urls, Cache &cache",
    "wait.h": "const Connection &connection, const Process &process, std::vector<Connection> &readers",
    "workermodel.h": "WorkerModel &model, Job &job, TaskModel &taskModel, qint64 now",
}
DEFINITION = re.compile(r"^(template\b|struct\b|class\b|namespace\b|inline\b|static\b|static_assert|PROCESSION_|#include|[\w:<>&*]+ \w+\([^;]*\)(?: const)?\s*(\{|$))")


def load(name, path):
    loader = importlib.machinery.SourceFileLoader(name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


def blocks(text):
    """The examples of a header as (line, code)."""
    for found in re.finditer(r"\\code\n(.*?)[^\n]*\\endcode", text, re.DOTALL):
        code = re.sub(r"^\s*///? ?", "", found.group(1), flags=re.MULTILINE)
        if not code.startswith("# "): # CMake
            yield text.count("\n", 0, found.start()) + 2, code


def unit_of(number, path, line, code):
    """The example as a piece of a translation unit."""
    before, inside = [], []
    for paragraph in code.replace("…", ";").split("\n\n"):
        (before if any(DEFINITION.match(row) for row in paragraph.split("\n")) else inside).append(paragraph)
    place = '#line %d "%s"\n' % (line, path)
    includes = "".join(re.findall(r"^#include[^\n]*\n", code, re.MULTILINE))
    before = re.sub(r"^#include[^\n]*\n", "", "\n\n".join(before), flags=re.MULTILINE)
    if "template <>" in before: # a specialisation stands outside of all other namespaces
        includes, before = includes + "using namespace world;\n" + before + "\n", ""
    return ("%snamespace world::example%d {\n%s%s\nstruct Example : World { void act(%s); };\nvoid Example::act(%s)\n{ {\n%s%s\n} }\n}\n" % (
        includes, number, place, before, GIVEN.get(os.path.basename(path), ""), GIVEN.get(os.path.basename(path), ""), place, "\n\n".join(inside)))


def compile_units(command, units):
    """The compiler's complaints about all units."""
    with tempfile.TemporaryDirectory() as folder:
        def one(piece):
            path = Path(folder) / ("examples%d.cpp" % piece)
            path.write_text('#include "exampleworld.h"\n' + "".join(units[piece::PIECES]), encoding="utf-8")
            return subprocess.run([*command, "-w", "-I", str(HERE), str(path)], capture_output=True, text=True, check=False).stderr
        with ThreadPoolExecutor() as threads:
            return "".join(threads.map(one, range(PIECES)))


class Examples(unittest.TestCase):
    command = []

    def test_each_compiles(self):
        reference = load("reference", ROOT / "docs" / "reference")
        units = []
        for path in reference.public_headers():
            for line, code in blocks((ROOT / path).read_text(encoding="utf-8")):
                units.append(unit_of(len(units), path, line, code))
        self.assertGreater(len(units), 80)
        errors = [line for line in compile_units(self.command, units).splitlines() if "error:" in line]
        self.assertFalse(errors, "\n" + "\n".join(errors))

    def test_a_wrong_one_does_not(self):
        text = "/// \\code\n/// Pool pool(4);\n/// pool.mapp(&squared, 3);\n/// \\endcode\nclass X;\n"
        [(line, code)] = blocks(text)
        complaints = compile_units(self.command, [unit_of(0, "core/x.h", line, code)])
        self.assertIn("core/x.h:3", complaints)
        self.assertIn("mapp", complaints)


if __name__ == "__main__":
    Examples.command = sys.argv[1:]
    sys.dont_write_bytecode = True
    unittest.main(argv=sys.argv[:1])
