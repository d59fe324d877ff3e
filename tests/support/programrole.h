// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/startmethod.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QProcess>

#include <cstring>
#include <span>

/// \file
/// Tests of how whole programs behave, their ends above all: the test's program is run again, in one of its roles.

/// What such a program may do.
struct ProgramRole
{
    const char *name; ///< the first word of its command line
    int (*main)(const char *argument); ///< \param argument  the second word, or an empty one
};

struct ProgramResult
{
    int status = -1; ///< as a shell says it; -1: it did not end in time
    QByteArray out;
    QByteArray err;
};

inline constexpr int RoleTime = 20'000; // milliseconds, after which a program is said to hang

/// Runs this program in a role, with a start method for its processes.
/// \param shell  a script for /bin/sh in which "$@" is the command; what the test says of signals and descriptors
inline ProgramResult runRole(
    const char *role, procession::StartMethod method, const QByteArray &shell = "exec \"$@\"", const QString &argument = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PROCESSION_START_METHOD"), nameOf(method));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QString::fromUtf8(shell), QStringLiteral("sh"), QCoreApplication::applicationFilePath(),
            QString::fromUtf8(role), argument});
    ProgramResult result;
    if (process.waitForFinished(RoleTime))
        result.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 128 + process.exitCode();
    else
        process.kill();
    process.waitForFinished(RoleTime);
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

/// main() of such a test.
template <typename Test>
int runRoleOrTest(int argc, char **argv, std::span<const ProgramRole> roles)
{
    for (const ProgramRole &role : roles) {
        if (argc == 3 && std::strcmp(argv[1], role.name) == 0)
            return role.main(argv[2]);
    }
    const QCoreApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}
