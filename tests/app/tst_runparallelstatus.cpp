// SPDX-License-Identifier: GPL-3.0-or-later
// The exit status of procession run beside that of the installed GNU parallel, and what is printed when a job is given up.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelStatus : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void same_data()
    {
        addColumns();
        const auto many = [](const QByteArrayList &arguments, int tasks) {
            QByteArrayList all = arguments + QByteArrayList{":::"};
            for (int i = 0; i < tasks; ++i)
                all.append(QByteArray::number(i));
            return all;
        };
        row("one fails", {"-k", "exit {}; :", ":::", "0", "7", "0"});
        row("three fail", {"exit", ":::", "1", "2", "3"});
        row("all of 100 fail", many({"-j4", "exit 1; : {}"}, 100));
        row("all of 101 fail", many({"-j4", "exit 1; : {}"}, 101));
        row("all of 150 fail", many({"-j4", "exit 1; : {}"}, 150));
        row("none", {"-k", "false", "::::", "E"});
        row("killed", {"kill -9 $$; : {}", ":::", "1", "2"});
        row("command not found", {"absent/command", ":::", "1", "2"});
        row("timeout", {"--timeout", "0.5", "sleep", ":::", "0", "30"});
        row("retries", {"--retries", "3", "echo try {}; exit 1", ":::", "1"});
        row("missing file", {"-a", "absent", "echo"});
        row("unknown option", {"--nonesuch", "echo", ":::", "a"});
        row("jobs wrong", {"-jx", "echo", ":::", "a"});

        const QByteArrayList mixed{":::", "0", "7", "3", "4", "0"};
        for (const char *halt :
            {"now,fail=1", "soon,fail=1", "now,fail=2", "soon,fail=2", "now,success=1", "soon,success=2", "soon,success=4",
                "now,done=2", "soon,done=2", "soon,fail=4", "never", "soon,fail=80%", "soon,success=60%", "1", "2"})
            row(halt, QByteArrayList{"-j1", "-k", "--halt", halt, "echo {}; exit {}"} + mixed);
        row("halted by a signal", {"-j1", "--halt", "now,fail=1", "kill -9 $$; : {}", ":::", "1", "2"});
        row("halt ends what runs", {"-j2", "--halt", "now,fail=1", "echo {}; sleep {}; echo end {}; exit {}", ":::", "1", "30"});
        row("halt lets finish what runs",
            {"-j2", "-k", "--halt", "soon,fail=1",
                "test {} = 1 && touch begun; until test -e begun; do sleep 0.02; done; sleep {}; echo end {}; exit 5", ":::", "0",
                "1"});
    }

    void same() { compare(); }
};

QTEST_GUILESS_MAIN(TestRunParallelStatus)
#include "tst_runparallelstatus.moc"
