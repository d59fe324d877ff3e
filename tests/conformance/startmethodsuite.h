// SPDX-License-Identifier: MIT
#pragma once

#include "undertest.h"

#include <leakprobe.h>

#include <QtTest/QTest>

#include <chrono>
#include <stdexcept>

/// A suite whose tests run once for each start method, which is the default method while they run. A test that leaves descriptors or
/// children behind fails.
class StartMethodSuite : public QObject
{
    Q_OBJECT

protected:
    /// Of the test that runs.
    static mp::StartMethod method();
    static bool isThread() { return method() == mp::StartMethod::Thread; }
    static bool isFork() { return method() == mp::StartMethod::Fork; }
    /// Called before any process is started.
    virtual void prepare() { }

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();

private:
    std::optional<LeakProbe> m_probe;
};

Q_DECLARE_METATYPE(mp::StartMethod)

#define SKIP_THREAD(why)                                                                                                         \
    if (isThread())                                                                                                              \
    QSKIP(why)

/// Far longer than anything takes here: a test that waits for so long has failed.
inline constexpr std::chrono::seconds LongTime{20};

/// Receives a value, or throws when none comes.
template <typename T>
T recvSoon(const mp::Connection &connection)
{
    if (!connection.poll(QDeadlineTimer(LongTime)))
        throw std::runtime_error("nothing came for 20 s");
    return connection.recv<T>();
}

/// As a target: runs until the other end sends a number or is closed.
void waitForWord(const mp::Connection &connection);
