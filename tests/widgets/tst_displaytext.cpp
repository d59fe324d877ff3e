// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtTest/QtTest>

#include <cerrno>
#include <csignal>

using namespace procession;

class TestDisplayText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void cleanup() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void showsBytes_data();
    void showsBytes();
    void keepsLinesOfOutput();
    void showsDurations_data();
    void showsDurations();
    void showsFiguresInThePersonsLocale();
    void showsTimes();
    void namesHowAProcessEnded_data();
    void namesHowAProcessEnded();
    void namesWhatEndedAnAttempt();
    void namesEveryState();
};

namespace {

constexpr qint64 Second = 1'000'000;

} // namespace

void TestDisplayText::showsBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray("IMG 1.jpg") << QStringLiteral("IMG 1.jpg");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("umlaut") << QByteArray("Gr\xc3\xbc\xc3\x9f"
                                          "e")
                            << QStringLiteral(u"Grüße");
    QTest::newRow("Chinese") << QByteArray("\xe7\x85\xa7\xe7\x89\x87") << QStringLiteral(u"照片");
    QTest::newRow("emoji") << QByteArray("\xf0\x9f\x98\x80") << QStringLiteral(u"😀");
    QTest::newRow("newline and tab") << QByteArray("a\nb\tc\r") << QStringLiteral("a\\nb\\tc\\r");
    QTest::newRow("escape, NUL, DEL") << QByteArray("\x1b[1m\0\x7f", 6) << QStringLiteral("\\x1b[1m\\x00\\x7f");
    QTest::newRow("not UTF-8") << QByteArray("caf\xe9.txt") << QStringLiteral("caf\\xe9.txt");
    QTest::newRow("cut short") << QByteArray("a\xe7\x85") << QStringLiteral("a\\xe7\\x85");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf\xe0\x80\xaf") << QStringLiteral("\\xc0\\xaf\\xe0\\x80\\xaf");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xed\\xa0\\x80");
    QTest::newRow("too high") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("\\xf4\\x90\\x80\\x80");
    QTest::newRow("reversed") << QByteArray("gpj.\xe2\x80\xae"
                                            "exe")
                              << QStringLiteral("gpj.\\u202eexe");
    QTest::newRow("line separator") << QByteArray("a\xe2\x80\xa8"
                                                  "b")
                                    << QStringLiteral("a\\u2028b");
    QTest::newRow("tag character") << QByteArray("\xf3\xa0\x80\x81") << QStringLiteral("\\U000e0001");
    QTest::newRow("backslash") << QByteArray("a\\b") << QStringLiteral("a\\b");
}

void TestDisplayText::showsBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    QCOMPARE(displayText(bytes), expected);
}

void TestDisplayText::keepsLinesOfOutput()
{
    QCOMPARE(displayLines("one\ntwo\r\n\tthree\r4\n\x01"), QStringLiteral("one\ntwo\n\tthree\\r4\n\\x01"));
}

void TestDisplayText::showsDurations_data()
{
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << qint64(0) << QStringLiteral("0.000 s");
    QTest::newRow("a clock set back") << qint64(-5) << QStringLiteral("0.000 s");
    QTest::newRow("milliseconds") << qint64(2'345) << QStringLiteral("0.002 s");
    QTest::newRow("seconds") << 2 * Second + 340'000 << QStringLiteral("2.34 s");
    QTest::newRow("tens of seconds") << 42 * Second + 340'000 << QStringLiteral("42.3 s");
    QTest::newRow("minutes") << 242 * Second << QStringLiteral("4:02");
    QTest::newRow("hours") << 3723 * Second << QStringLiteral("1:02:03");
    QTest::newRow("days") << (2 * 86400 + 3 * 3600 + 4 * 60 + 5) * Second << QStringLiteral("2 d 3:04:05");
}

void TestDisplayText::showsDurations()
{
    QFETCH(qint64, duration);
    QFETCH(QString, expected);
    QCOMPARE(durationText(duration), expected);
}

void TestDisplayText::showsFiguresInThePersonsLocale()
{
    QCOMPARE(countText(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(totalText(1'204, false), QStringLiteral("1,204"));
    QCOMPARE(totalText(1'204, true), QStringLiteral("1,204+"));
    QCOMPARE(sizeText(81'400'000), QStringLiteral("81 MB"));
    QCOMPARE(percentText(0.98), QStringLiteral("98%"));
    QCOMPARE(rateText(1.54), QStringLiteral("1.5"));
    QCOMPARE(rateText(34.2), QStringLiteral("34"));
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(countText(1'234'567), QStringLiteral("1.234.567"));
    QCOMPARE(durationText(2'340'000), QStringLiteral("2,34 s"));
    QCOMPARE(rateText(1.54), QStringLiteral("1,5"));
}

void TestDisplayText::showsTimes()
{
    QCOMPARE(timeText(0), QString());
    const QDateTime today(QDate::currentDate(), QTime(3, 4, 5));
    QCOMPARE(timeText(today.toMSecsSinceEpoch() * 1000), QStringLiteral("03:04:05"));
    const QString older = timeText(today.addDays(-400).toMSecsSinceEpoch() * 1000);
    QVERIFY2(older.contains(QString::number(today.addDays(-400).date().day())), qPrintable(older));
}

void TestDisplayText::namesHowAProcessEnded_data()
{
    QTest::addColumn<ExitStatus>("status");
    QTest::addColumn<QString>("expected");
    QTest::newRow("not ended") << ExitStatus() << QString();
    QTest::newRow("success") << ExitStatus::exited(0) << QStringLiteral("exit code 0");
    QTest::newRow("exit 3") << ExitStatus::exited(3) << QStringLiteral("exit code 3");
    QTest::newRow("crash") << ExitStatus::signaled(SIGSEGV) << QStringLiteral("killed by SIGSEGV");
    QTest::newRow("core") << ExitStatus::signaled(SIGABRT, true) << QStringLiteral("killed by SIGABRT, core dumped");
    QTest::newRow("missing") << ExitStatus::failedToStart(ENOENT) << QStringLiteral("command not found");
    QTest::newRow("not executable") << ExitStatus::failedToStart(EACCES) << QStringLiteral("permission denied");
    QTest::newRow("other") << ExitStatus::failedToStart(ENOTDIR) << QStringLiteral("not started: Not a directory");
    QTest::newRow("lost") << ExitStatus::lost() << QStringLiteral("lost");
}

void TestDisplayText::namesHowAProcessEnded()
{
    QFETCH(ExitStatus, status);
    QFETCH(QString, expected);
    QCOMPARE(statusText(status), expected);
    QCOMPARE(outcomeText(status, EndCause::Itself), expected);
}

void TestDisplayText::namesWhatEndedAnAttempt()
{
    QCOMPARE(outcomeText(ExitStatus::signaled(SIGTERM), EndCause::TimedOut), QStringLiteral("timed out"));
    QCOMPARE(outcomeText(ExitStatus::signaled(SIGKILL), EndCause::Person), QStringLiteral("ended by you"));
    QCOMPARE(outcomeText({}, EndCause::Stop), QString());
}

void TestDisplayText::namesEveryState()
{
    QSet<QString> names;
    for (int i = 0; i < TaskStateCount; ++i)
        names += stateText(static_cast<TaskState>(i));
    QCOMPARE(names.size(), TaskStateCount);
    QCOMPARE(stateText(JobState::Paused), QStringLiteral("Paused"));
    QCOMPARE(stateText(WorkerState::Suspended), QStringLiteral("suspended"));
    QCOMPARE(stateText(WorkerState::Stopped), QStringLiteral("stopped"));
}

QTEST_APPLESS_MAIN(TestDisplayText)
#include "tst_displaytext.moc"
