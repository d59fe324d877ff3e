// SPDX-License-Identifier: MIT
#include "killexperiment.h"

#include "instructionkiller.h"

#include <procession/memory/arena/sweep.h>

#include <QtTest/QTest>

#include <algorithm>

using namespace procession;

namespace {

constexpr int Longest = 1'000'000; // instructions; no operation here has as many

} // namespace

KillReport killEverywhere(const KillExperiment &experiment, const FaultOptions &options)
{
    KillReport report;
    const int step = std::max(1, options.rounds);
    for (int number = static_cast<int>(options.seed % quint32(step)); number < experiment.most.value_or(Longest);
         number += step) {
        experiment.before();
        const Fate fate = killBeforeInstruction(number, experiment.prepare, experiment.operation);
        sweepEndedProcesses(); // as the parent of a Process does
        report.wrong = experiment.check();
        if (report.wrong.isEmpty() && fate == Fate::Stuck)
            report.wrong = "the process could not be run up to there";
        if (!report.wrong.isEmpty())
            report.wrong.prepend("killed before instruction " + QByteArray::number(number) + ": ");
        if (fate != Fate::Killed || !report.wrong.isEmpty())
            return report;
        ++report.kills;
    }
    if (!experiment.most)
        report.wrong = "the operation does not end";
    return report;
}

std::function<QByteArray()> verified(const std::function<void()> &check)
{
    return [check]() -> QByteArray {
        check();
        return QTest::currentTestFailed() ? "see above" : "";
    };
}

void verifyUnharmed(const KillReport &report)
{
    QVERIFY2(report.wrong.isEmpty(), report.wrong.constData());
    QVERIFY(report.kills > 1);
    qInfo("%s: %d kills, nothing lost, doubled, torn or stuck", QTest::currentTestFunction(), report.kills);
}
