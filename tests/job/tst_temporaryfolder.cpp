// SPDX-License-Identifier: MIT
#include <procession/job/output/temporaryfolder.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QtTest>

using namespace procession;

/// What killed programs leave behind goes with the next folder that is made, and nothing else does.
class TestTemporaryFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_parent.emplace();
        qputenv("TMPDIR", QFile::encodeName(m_parent->path()));
    }

    void isRemovedWithTheObject()
    {
        {
            const auto folder = TemporaryFolder::make();
            QCOMPARE(QDir(m_parent->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
            write(folder->path() + QStringLiteral("/output"));
        }
        QVERIFY(QDir(m_parent->path()).isEmpty());
    }

    void leftBehindIsRemoved()
    {
        const QString left = make(QStringLiteral("procession-output-killed"));
        write(left + QStringLiteral("/output"));
        const auto folder = TemporaryFolder::make();
        QVERIFY(!QFile::exists(left));
        QVERIFY(QFile::exists(folder->path()));
    }

    void usedIsKept()
    {
        const auto first = TemporaryFolder::make();
        write(first->path() + QStringLiteral("/output"));
        const auto second = TemporaryFolder::make();
        QVERIFY(QFile::exists(first->path() + QStringLiteral("/output")));
        QVERIFY(QFile::exists(second->path()));
    }

    void othersAreKept()
    {
        const QString target = make(QStringLiteral("elsewhere"));
        write(target + QStringLiteral("/file"));
        QVERIFY(QFile::link(target, m_parent->filePath(QStringLiteral("procession-output-link"))));
        write(m_parent->filePath(QStringLiteral("procession-output-file")));
        write(make(QStringLiteral("procession-other")) + QStringLiteral("/file"));
        TemporaryFolder::make();
        QVERIFY(QFile::exists(target + QStringLiteral("/file")));
        QVERIFY(QFile::exists(m_parent->filePath(QStringLiteral("procession-output-file"))));
        QVERIFY(QFile::exists(m_parent->filePath(QStringLiteral("procession-other/file"))));
    }

    void anotherPlaceWhereThisOneIsReadOnly()
    {
        qputenv("TMPDIR", "/proc/nowhere");
        const auto folder = TemporaryFolder::make();
        QVERIFY(QFile::exists(folder->path()));
        QVERIFY(!folder->path().startsWith(QStringLiteral("/proc")));
    }

private:
    QString make(const QString &name) const
    {
        QDir(m_parent->path()).mkdir(name);
        return m_parent->filePath(name);
    }

    static void write(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("bytes");
    }

    std::optional<QTemporaryDir> m_parent;
};

QTEST_GUILESS_MAIN(TestTemporaryFolder)
#include "tst_temporaryfolder.moc"
