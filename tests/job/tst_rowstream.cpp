// SPDX-License-Identifier: MIT
#include <procession/job/inputs/rowstream.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/io/inputdescriptor.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <future>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace procession;

namespace {

using Rows = std::vector<QByteArrayList>;

constexpr qsizetype Plenty = 1'000;

/// A stream that the test writes.
class Written
{
public:
    explicit Written(RowStream::Options options = {})
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        stream = std::make_unique<RowStream>(std::move(readEnd), std::move(options));
        m_writeEnd = std::move(writeEnd);
    }

    void write(const QByteArray &bytes) const
    {
        QCOMPARE(::write(m_writeEnd.get(), bytes.constData(), static_cast<std::size_t>(bytes.size())), bytes.size());
    }
    void close() { m_writeEnd.reset(); }
    Rows read(qsizetype most = Plenty, qsizetype bytes = Plenty) const
    {
        Rows rows;
        stream->read(rows, most, bytes);
        return rows;
    }
    Rows readAll() const
    {
        Rows all;
        Rows rows;
        while (stream->read(rows, Plenty, Plenty))
            all.insert(all.end(), rows.begin(), rows.end());
        return all;
    }

    std::unique_ptr<RowStream> stream;

private:
    Descriptor m_writeEnd;
};

RowStream::Options with(InputFormat format, bool skipBlank = false, int inputsPerRow = 1)
{
    format.skipBlank = skipBlank;
    return {format, inputsPerRow};
}

} // namespace

Q_DECLARE_METATYPE(RowStream::Options)

class TestRowStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_data()
    {
        QTest::addColumn<RowStream::Options>("options");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Rows>("rows");
        const auto row = [](const char *name, const RowStream::Options &options, const QByteArray &bytes, const Rows &rows) {
            QTest::newRow(name) << options << bytes << rows;
        };
        row("lines", with({}), "a\n\nb c\n", {{"a"}, {""}, {"b c"}});
        row("last without end", with({}), "a\nb", {{"a"}, {"b"}});
        row("nothing", with({}), "", {});
        row("carriage returns", with({}), "a\r\n", {{"a\r"}});
        row("NUL", with({'\0'}), QByteArray("a\nb\0c\0", 6), {{"a\nb"}, {"c"}});
        row("blank ones", with({}, true), " \na\n\n\t\nb\n", {{"a"}, {"b"}});
        row("each as wide as it is", with({.columnSeparator = "\t"}), "a\tb\nc\n\nd\te\tf\n",
            {{"a", "b"}, {"c"}, {""}, {"d", "e", "f"}});
        row("expression", with({.columnSeparator = "[,;]"}), "a;b,c\n", {{"a", "b", "c"}});
        row("CSV", with({.csv = true}), "a,\"b\n\"\"c\"\r\n\r\nd\n", {{"a", "b\n\"c"}, {"d"}});
        row("CSV with a mark", with({.csv = true}),
            "\xef\xbb\xbf"
            "a\n",
            {{"a"}});
        row("CSV without end", with({.csv = true}), "a,b\nc,\"d\"", {{"a", "b"}, {"c", "d"}});
        row("groups", with({}, false, 2), "a\nb\nc\n", {{"a", "b"}, {"c"}});
        row("groups of what is not blank", with({}, true, 2), "a\n\nb\n", {{"a", "b"}});
    }

    /// However the bytes come.
    void rows()
    {
        QFETCH(RowStream::Options, options);
        QFETCH(QByteArray, bytes);
        QFETCH(Rows, rows);
        Written whole(options);
        whole.write(bytes);
        whole.close();
        QCOMPARE(whole.readAll(), rows);

        Written pieces(options);
        std::thread writer([&] {
            for (const char c : bytes)
                pieces.write(QByteArray(1, c));
            pieces.close();
        });
        const Rows read = pieces.readAll();
        writer.join();
        QCOMPARE(read, rows);
    }

    void header()
    {
        Written written(with({.columnSeparator = "\t", .header = true}));
        written.write("x\ty\n1\t2\n");
        const GrowingInputs::Form form = written.stream->form();
        QCOMPARE(form.columnNames, (QByteArrayList{"x", "y"}));
        QCOMPARE(form.columns, 0);
        QCOMPARE(written.read(), (Rows{{"1", "2"}}));
        Written empty(with({.header = true}));
        empty.close();
        QCOMPARE(empty.stream->form().columnNames, QByteArrayList());
        QCOMPARE(empty.readAll(), Rows());
    }

    void givesWhatIsThere()
    {
        Written written;
        written.write("a\nb\nc");
        QCOMPARE(written.read(), (Rows{{"a"}, {"b"}}));
        written.write("d\ne\nf\n");
        QCOMPARE(written.read(2), (Rows{{"cd"}, {"e"}}));
        QCOMPARE(written.read(), (Rows{{"f"}}));
        written.write("long\nlong\nlong\n");
        QCOMPARE(written.read(Plenty, 5).size(), 2U);
    }

    void isInterrupted()
    {
        Written written;
        std::thread other([&] { written.stream->interrupt(); });
        QCOMPARE(written.read(), Rows());
        other.join();
        written.write("a\n");
        QCOMPARE(written.read(), Rows());
    }

    void refuses()
    {
        QVERIFY_THROWS_EXCEPTION(InvalidInput, Written(with({.columnSeparator = "("})));
        Written csv(with({.csv = true}));
        csv.write("a\n\n\"b\nc\"\nd\"\n");
        QCOMPARE(csv.read(2), (Rows{{"a"}, {"b\nc"}}));
        csv.close();
        try {
            csv.read();
            QFAIL("it was taken");
        } catch (const InvalidInput &error) {
            QVERIFY2(QByteArray(error.what()).contains("line 5 "), error.what());
        }
    }

    void whatComesBeforeAMistakeCounts()
    {
        Written csv(with({.csv = true}));
        csv.write("a\nb\nc\"\n");
        csv.close();
        QCOMPARE(csv.read(), (Rows{{"a"}, {"b"}}));
        QVERIFY_THROWS_EXCEPTION(InvalidInput, csv.read());
    }

    /// A writer such as `echo a > fifo` is gone before the program reads.
    void writersHaveGone()
    {
        const QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("fifo")));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        const Descriptor original(::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        Descriptor writer(::open(path.constData(), O_WRONLY | O_CLOEXEC));
        QCOMPARE(::write(writer.get(), "a\nb\n", 4), 4);
        writer.reset();

        RowStream stream(openForWaiting(original.get()), {});
        auto reading = std::async(std::launch::async, [&] {
            Rows all;
            Rows rows;
            while (stream.read(rows, Plenty, Plenty))
                all.insert(all.end(), rows.begin(), rows.end());
            return all;
        });
        const bool ended = reading.wait_for(std::chrono::seconds(5)) == std::future_status::ready;
        stream.interrupt();
        QCOMPARE(reading.get(), (Rows{{"a"}, {"b"}}));
        QVERIFY2(ended, "it waits for more");
    }

    void devices()
    {
        RowStream null(openNull(), {});
        Rows rows;
        QVERIFY(!null.read(rows, Plenty, Plenty));
    }
};

QTEST_GUILESS_MAIN(TestRowStream)
#include "tst_rowstream.moc"
