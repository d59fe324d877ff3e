// SPDX-License-Identifier: MIT
#pragma once

#include "testmain.h"

#include <procession/process/process.h>

#include <QtTest/QtTest>

#include <functional>
#include <string>

/// A column "method" with a row for each start method; without `Thread` where something only a process can do is tested.
inline void addStartMethods(bool withThreads = true)
{
    QTest::addColumn<procession::StartMethod>("method");
    for (const procession::StartMethod method : procession::allStartMethods()) {
        if (withThreads || method != procession::StartMethod::Thread)
            QTest::newRow(qPrintable(nameOf(method))) << method;
    }
}

/// What the ProcessError says that `action` throws.
inline std::string errorOf(const std::function<void()> &action)
{
    try {
        action();
    } catch (const procession::ProcessError &error) {
        return error.what();
    }
    return "no error";
}

/// Looks for a part of what an error says.
#define VERIFY_CONTAINS(text, part)                                                                                              \
    do {                                                                                                                         \
        const std::string &said = (text);                                                                                        \
        QVERIFY2(said.find(part) != std::string::npos, said.c_str());                                                            \
    } while (false)
