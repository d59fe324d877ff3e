// SPDX-License-Identifier: MIT
// What CPython's _TestSubclassingProcess and TestStdinBadfiledescriptor check, and _TestProcess about streams.
#include "startmethodsuite.h"

#include <testmain.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cstdio>
#include <fcntl.h>
#include <iostream>
#include <unistd.h>

using namespace mp;

class UpperCaser : public Process
{
    Q_OBJECT
    Q_PROPERTY(mp::Connection connection MEMBER m_childs)

public:
    Q_INVOKABLE UpperCaser() : Process({.daemon = true}) { std::tie(m_ours, m_childs) = pipe(); }

    void run() override
    {
        for (auto text = m_childs.recv<QString>(); !text.isEmpty(); text = m_childs.recv<QString>())
            m_childs.send(text.toUpper());
    }
    QString submit(const QString &text) const
    {
        m_ours.send(text);
        return recvSoon<QString>(m_ours);
    }
    void stop() const { m_ours.send(QString()); }

private:
    Connection m_ours;
    Connection m_childs;
};

namespace {

void redirectErrors(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 || ::dup2(file, STDERR_FILENO) < 0 || ::close(file) != 0)
        throw std::runtime_error("stderr cannot be redirected");
    std::setvbuf(stderr, nullptr, _IOFBF, 4096); // so that it has to be flushed
}

void failAfter(const QString &path, const std::string &text)
{
    redirectErrors(path);
    std::fputs(text.c_str(), stderr);
    throw std::domain_error("1/0");
}

[[noreturn]] void exitAfter(const QString &path, const std::string &text, int code)
{
    redirectErrors(path);
    std::fputs(text.c_str(), stderr);
    std::exit(code);
}

void sendStandardInput(const Connection &connection)
{
    std::string word;
    connection.send(!(std::cin >> word));
    connection.send(QFile::symLinkTarget(QStringLiteral("/proc/self/fd/0")));
}

void startDaemonAndJoin(const Connection &connection)
{
    Process daemon({.daemon = true}, &sendStandardInput, connection);
    daemon.start();
    daemon.join();
}

/// Where a descriptor of this process leads.
void sendTarget(const Connection &connection, int descriptor)
{
    connection.send(QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(descriptor)));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

} // namespace

class SubclassConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void subclassing();
    void standardErrorFlush();
    void standardExit_data();
    void standardExit();
    void exitFlushesWhatWasSaid();
    void standardInput();
    void standardInputOfGrandchild();
    void flushing();
    void closedOutputInParent_data();
    void closedOutputInParent();
    void closedOutputInChild_data();
    void closedOutputInChild();
};

void SubclassConformance::subclassing()
{
    UpperCaser upperCaser;
    upperCaser.start();
    QCOMPARE(upperCaser.submit(QStringLiteral("hello")), QStringLiteral("HELLO"));
    QCOMPARE(upperCaser.submit(QStringLiteral("world")), QStringLiteral("WORLD"));
    upperCaser.stop();
    QVERIFY(upperCaser.join(QDeadlineTimer(LongTime)));
    QCOMPARE(upperCaser.exitCode(), 0);
}

void SubclassConformance::standardErrorFlush()
{
    SKIP_THREAD("a thread has the streams of its process");
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("errors"));
    Process process(&failAfter, path, "said before\n");
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 1);
    const QByteArray errors = contentOf(path);
    QVERIFY2(errors.contains("said before\n"), errors.constData());
    QVERIFY2(errors.contains("Process " + process.name().toUtf8()), errors.constData());
    QVERIFY2(errors.contains("std::domain_error: 1/0"), errors.constData());
}

void SubclassConformance::standardExit_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {0, 1, 8, 255})
        QTest::addRow("%d", code) << code;
}

void SubclassConformance::standardExit()
{
    SKIP_THREAD("std::exit() ends the whole process");
    QFETCH(const int, code);
    Process process({.daemon = true}, &std::exit, code);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), code);
}

void SubclassConformance::exitFlushesWhatWasSaid()
{
    SKIP_THREAD("std::exit() ends the whole process");
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("errors"));
    Process process({.daemon = true}, &exitAfter, path, "ignore this", 1);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 1);
    QCOMPARE(contentOf(path), QByteArray("ignore this"));
}

void SubclassConformance::standardInput()
{
    SKIP_THREAD("a thread has the streams of its process");
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendStandardInput, sender);
    process.start();
    QCOMPARE(recvSoon<bool>(receiver), true);
    QCOMPARE(recvSoon<QString>(receiver), QStringLiteral("/dev/null"));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void SubclassConformance::standardInputOfGrandchild()
{
    SKIP_THREAD("a thread has the streams of its process");
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&startDaemonAndJoin, sender);
    process.start();
    QCOMPARE(recvSoon<bool>(receiver), true);
    QCOMPARE(recvSoon<QString>(receiver), QStringLiteral("/dev/null"));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

// What the parent has buffered is written once.
void SubclassConformance::flushing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    std::FILE *file = std::fopen(QFile::encodeName(path).constData(), "we");
    QVERIFY(file);
    std::fputs("foo", file);
    Process process([] {});
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(std::fclose(file), 0);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(contentOf(path), QByteArray("foo"));
}

void SubclassConformance::closedOutputInParent_data()
{
    QTest::addColumn<int>("stream");
    QTest::newRow("stdout") << STDOUT_FILENO;
    QTest::newRow("stderr") << STDERR_FILENO;
}

// Its number must not be taken by what the library opens, or the child would write into that.
void SubclassConformance::closedOutputInParent()
{
    QFETCH(const int, stream);
    const auto [receiver, sender] = pipe(Duplex::No);
    Process process(&sendTarget, sender, stream);
    const Descriptor saved = Descriptor(::dup(stream));
    QVERIFY(saved.isValid());
    ::close(stream);
    std::exception_ptr problem;
    try {
        process.start();
        process.join(QDeadlineTimer(LongTime));
    } catch (const ProcessError &) {
        problem = std::current_exception();
    }
    ::dup2(saved.get(), stream);
    if (problem)
        std::rethrow_exception(problem);
    QCOMPARE(recvSoon<QString>(receiver), QStringLiteral("/dev/null"));
    QCOMPARE(process.exitCode(), 0);
}

void SubclassConformance::closedOutputInChild_data() { closedOutputInParent_data(); }

void SubclassConformance::closedOutputInChild()
{
    SKIP_THREAD("a thread has the streams of its process");
    QFETCH(const int, stream);
    const auto [receiver, sender] = pipe(Duplex::No);
    const auto closeAndSend = [](const Connection &connection, int descriptor) {
        if (descriptor == STDOUT_FILENO)
            std::fputs("nobody will read this", stdout);
        ::close(descriptor);
        connection.send(7);
    };
    Process process(closeAndSend, sender, stream);
    process.start();
    QCOMPARE(recvSoon<int>(receiver), 7);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

PROCESSION_TEST_MAIN(SubclassConformance)
#include "tst_subclassconformance.moc"
