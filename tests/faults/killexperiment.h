// SPDX-License-Identifier: MIT
#pragma once

#include "faultoptions.h"

#include <procession/memory/arena/threadslot.h>

#include <QtCore/QByteArray>

#include <functional>
#include <optional>

/// An operation that is begun again and again, each time by a process that is killed some more instructions later.
struct KillExperiment
{
    std::function<void()> before = [] {}; ///< here
    std::function<void()> prepare
        = [] { procession::currentThread(); }; ///< in the process that is killed, which has its place then
    std::function<void()> operation; ///< there, one instruction after the other
    std::function<QByteArray()> check; ///< here, after each kill: what is wrong, or nothing
    std::optional<int> most = {}; ///< instructions; without, until the operation is over
};

struct KillReport
{
    QByteArray wrong; ///< what was wrong first
    int kills = 0;
};

/// Kills before every instruction whose number is `seed` and any multiple of `rounds`, until the operation finishes or something is wrong.
KillReport killEverywhere(const KillExperiment &experiment, const procession::FaultOptions &options);

/// A check that says what is wrong by QVERIFY() and QCOMPARE().
std::function<QByteArray()> verified(const std::function<void()> &check);

/// Fails the test when something was wrong.
void verifyUnharmed(const KillReport &report);

/// Ends a test where nothing can be killed like this.
#define SKIP_WHERE_NOTHING_CAN_BE_STEPPED()                                                                                      \
    do {                                                                                                                         \
        SKIP_UNDER_SANITIZERS("their run-time libraries cannot be killed and copied at any instruction");                        \
        if (!canStep())                                                                                                          \
            QSKIP("this system lets no process trace another");                                                                  \
    } while (false)
