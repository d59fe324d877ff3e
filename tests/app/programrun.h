// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <markedprocesses.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QMap>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

/// What a program did.
struct ProgramResult
{
    QByteArray out;
    QByteArray err;
    int status = -1; ///< as a shell says it; -1 when it did not end in time
};

/// Runs the real programs in a folder of their own, with a store of their own.
class ProgramRunner
{
public:
    QString folder() const { return m_folder.path(); }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString store() const { return path(QStringLiteral("store/jobs.sqlite")); }
    void write(const QString &name, const QByteArray &bytes) const;
    QByteArray read(const QString &name) const;

    /// `procession run` with these arguments, which are bytes as they are.
    ProgramResult run(const QByteArrayList &arguments, const QByteArray &input = {}) const;
    ProgramResult jobs(const QByteArrayList &arguments) const;
    ProgramResult attach(const QByteArrayList &arguments) const;
    ProgramResult parallel(const QByteArrayList &arguments, const QByteArray &input = {}) const;
    ProgramResult shell(const QByteArray &script, const QByteArray &input = {}) const;
    /// A script of bash, whatever runs the others.
    ProgramResult bash(const QByteArray &script) const;
    /// Begins a shell script, and returns at once.
    void start(QProcess &process, const QByteArray &script) const;
    /// The words of a command that runs a shell script as start() does, for a test that starts it in another way.
    QByteArrayList command(const QByteArray &script) const;
    /// What still lives of all that was started here, as "PID COMMAND".
    QByteArrayList living() const { return m_marked.living(); }

    static QByteArray program();

private:
    QString writeScript(const QByteArray &script) const;
    QMap<QString, QString> variables() const;
    ProgramResult programAndArguments(const QByteArrayList &words, const QByteArray &input) const;

    QTemporaryDir m_folder;
    procession::MarkedProcesses m_marked;
};

/// For the `_data` function of a test whose rows are scripts of bash and what they print.
class BashRows
{
public:
    BashRows();
    void operator()(const char *title, const char *script, const char *expected) const;

    /// Runs the script of this row, which has nothing to say on stderr.
    /// \param start  what it finds as $P
    static void check(const QByteArray &start);
};
