// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/freezesupport.h>

#include <QtCore/QCoreApplication>
#include <QtTest/QTest>

/// main() of a test that starts processes: the children are this program, started anew.
#define PROCESSION_TEST_MAIN(TestClass)                                                                                          \
    int main(int argc, char **argv)                                                                                              \
    {                                                                                                                            \
        procession::freezeSupport(argc, argv);                                                                                   \
        const QCoreApplication application(argc, argv);                                                                          \
        TestClass test;                                                                                                          \
        return QTest::qExec(&test, argc, argv);                                                                                  \
    }
