// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/commandkey.h>
#include <procession/job/template/commandtemplate.h>

#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace procession;

class TestCommandKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void same_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        const auto row
            = [](const char *one, const char *other) { QTest::addRow("%s", one) << QByteArray(one) << QByteArray(other); };
        row("echo 'a,b'", "echo a,b");
        row("echo 'it'\"'\"'s'", "echo 'it'\\''s'");
        row("echo \"'\"", "echo \\'");
        row("echo 'a b'", "echo a\\ b");
        row("echo 'if' a%b@c:d", "echo if 'a%b@c:d'");
        row("echo ''", "echo \"\"");
        row("echo \"a\\tb \\\\ \\\" \\$HOME\"", "echo 'a\\tb \\ \" $HOME'");
        row("echo \"$HOME\"", "echo \"$HOME\"\"\"");
        row("echo $v'a'", "echo $v\"a\"");
        row("echo a\\\nb", "echo ab");
        row("echo $(echo 'a,b')", "echo $(echo a,b)");
        row("echo `date` [a] {b}", "echo `date` [a] {b}");
    }

    void same()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        QCOMPARE(commandKey(one), commandKey(other));
    }

    void different_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        const auto row
            = [](const char *one, const char *other) { QTest::addRow("%s", one) << QByteArray(one) << QByteArray(other); };
        row("echo a", "echo b");
        row("echo a b", "echo 'a b'");
        row("echo a  b", "echo a '' b");
        row("echo $x", "echo '$x'");
        row("echo $x", "echo \"$x\"");
        row("echo \"$x\"y", "echo \"$xy\"");
        row("echo *", "echo '*'");
        row("echo a;b", "echo 'a;b'");
        row("echo a>b", "echo a'>'b");
        row("echo 2>b", "echo '2'>b");
        row("a=b c", "'a=b' c");
        row("echo #a", "echo '#a'");
        row("echo ~", "echo '~'");
        row("echo {a,b}", "echo {a','b}");
        row("echo [a-b]", "echo [a'-'b]");
        row("echo \"$(echo \"a\")\"", "echo \"$(echo \"'a'\")\"");
        row("echo \"`echo \"a\"`\"", "echo \"`echo \"'a'\"`\"");
        row("echo 'a", "echo a");
        row("echo \\", "echo ");
        row("cat <<a", "cat <<'a'");
        row("echo ${x:-'a'}", "echo ${x:-a}");
        row("echo $'a'", "echo $a");
        row("echo a\nb", "echo 'a\nb'");
    }

    void different()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        QVERIFY(commandKey(one) != commandKey(other));
    }

    /// What a shell makes words of; command lines with the same key have to give the same words.
    void agreesWithAShell()
    {
        const QByteArray alphabet = "ab '\"\\$=,2 ";
        QRandomGenerator random(11);
        QByteArrayList lines;
        for (int i = 0; i < 400; ++i) {
            QByteArray line;
            for (int size = random.bounded(1, 6); size > 0; --size)
                line += alphabet.at(random.bounded(alphabet.size()));
            lines += line;
        }
        QByteArray script = "a=x; b=y; ab=z; words() { for word; do printf '<%s>' \"$word\"; done; printf '\\0'; }\n";
        for (const QByteArray &line : lines)
            script += "(eval " + shellQuoted("words " + line) + ") 2>/dev/null || printf 'error\\0'\n";
        QProcess shell;
        shell.setStandardErrorFile(QProcess::nullDevice());
        shell.start(QStringLiteral("/bin/sh"), QStringList());
        shell.write(script);
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished(100'000));
        const QByteArrayList words = shell.readAllStandardOutput().split('\0');
        QVERIFY(words.size() > lines.size());
        QHash<QByteArray, QByteArray> byKey;
        int equal = 0;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (words.at(i) == "error")
                continue;
            const auto known = byKey.find(commandKey(lines.at(i)));
            if (known == byKey.end()) {
                byKey.insert(commandKey(lines.at(i)), words.at(i));
                continue;
            }
            QVERIFY2(*known == words.at(i), lines.at(i).constData());
            ++equal;
        }
        QVERIFY(equal > 10);
    }
};

QTEST_GUILESS_MAIN(TestCommandKey)
#include "tst_commandkey.moc"
