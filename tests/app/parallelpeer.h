// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "programrun.h"

#include <QtCore/QMap>

/// Runs command lines by procession and by the installed GNU parallel, side by side.
///
/// \code
/// ParallelPeer peer;
/// if (peer.start())
///     QCOMPARE(peer.run({"-k", "echo", ":::", "a"}).ours.out, "a\n");
/// \endcode
///
/// Each program has a folder of its own for each command line, with the same files in it. Perl compiles GNU parallel once, and a copy of that
/// process runs each command line, which takes half of the time.
class ParallelPeer
{
public:
    struct Done
    {
        ProgramResult ours;
        ProgramResult theirs;
        QMap<QByteArray, QByteArray> ourFiles; ///< what is in the folder now, by path; of a job log without times
        QMap<QByteArray, QByteArray> theirFiles;
    };

    ~ParallelPeer();

    /// Whether GNU parallel can be run.
    bool start();
    /// Whether it can read CSV, for which it needs a module of Perl.
    bool readsCsv() const;
    /// A file for each command line from now on.
    void write(const QString &name, const QByteArray &bytes) { m_files.insert(name, bytes); }
    Done run(const QByteArrayList &arguments, const QByteArray &input = {});

    /// procession run once more in the folder of the latest command line, or where GNU parallel ran it.
    ProgramResult runAgain(const QByteArrayList &arguments, bool afterTheirs);

private:
    QByteArray folder(const char *whose) const;

    ProgramRunner m_runner;
    QProcess m_server;
    QMap<QString, QByteArray> m_files;
    int m_count = 0;
};

/// A test whose rows are command lines that both programs do the same with.
class ParallelTest : public QObject
{
    Q_OBJECT

protected:
    static void addColumns();
    static void row(const char *title, const QByteArrayList &arguments, const QByteArray &input = {});
    /// Runs the row's command line, and compares output, exit status and the files that are left.
    void compare();

    ParallelPeer m_peer;

private Q_SLOTS:
    void initTestCase();
};
