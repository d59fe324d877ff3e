// SPDX-License-Identifier: MIT
#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/job/output/joblog.h>
#include <procession/job/store/jobstoreerror.h>
#include <procession/monitor/attacherror.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/process/context.h>
#include <procession/process/functions/registeredfunction.h>
#include <procession/process/functions/tasklibrary.h>
#include <procession/queue/queueerrors.h>
#include <procession/shared/data/indexerror.h>
#include <procession/shared/data/valueerror.h>
#include <procession/shared/sharedmemory.h>
#include <procession/sync/state/brokenbarrier.h>
#include <procession/sync/state/locknotheld.h>
#include <procession/sync/state/releaseerror.h>

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

using namespace procession;

namespace {

std::exception_ptr sentAndReceived(const std::exception_ptr &error)
{
    Encoder encoder;
    encodeException(encoder, error, "trace", "Process-1");
    Message message = encoder.take();
    Decoder decoder(message);
    std::exception_ptr received = decodeException(decoder);
    decoder.finish();
    return received;
}

/// What two exceptions of one type have in common. The overloads look at the members that a type has beside its text.
template <typename E>
void compareMembers(const E &, const E &)
{
}
void compareMembers(const SystemError &is, const SystemError &was)
{
    QCOMPARE(is.call(), was.call());
    QCOMPARE(is.subject(), was.subject());
    QCOMPARE(is.number(), was.number());
}
void compareMembers(const InvalidInput &is, const InvalidInput &was)
{
    QCOMPARE(is.problem(), was.problem());
    QCOMPARE(is.input(), was.input());
    QCOMPARE(is.detail(), was.detail());
}
void compareMembers(const TaskLibraryError &is, const TaskLibraryError &was)
{
    compareMembers(static_cast<const InvalidInput &>(is), static_cast<const InvalidInput &>(was));
}
void compareMembers(const BufferTooShort &is, const BufferTooShort &was)
{
    QCOMPARE(is.message(), was.message());
    QCOMPARE(is.capacity(), was.capacity());
}
void compareMembers(const EndOfFile &is, const EndOfFile &was) { QCOMPARE(is.isTorn(), was.isTorn()); }
void compareMembers(const AttachError &is, const AttachError &was)
{
    QCOMPARE(is.reason(), was.reason());
    QCOMPARE(is.pid(), was.pid());
}
void compareMembers(const WorkerLost &is, const WorkerLost &was)
{
    QCOMPARE(is.task(), was.task());
    QCOMPARE(is.worker(), was.worker());
    QCOMPARE(is.pid(), was.pid());
    QVERIFY(is.status() == was.status());
    QCOMPARE(is.lastWords(), was.lastWords());
}
void compareMembers(const MemoryLimitExceeded &is, const MemoryLimitExceeded &was)
{
    QCOMPARE(is.task(), was.task());
    QCOMPARE(is.limit(), was.limit());
    QCOMPARE(is.used(), was.used());
}
void compareMembers(const JobStoreError &is, const JobStoreError &was)
{
    QCOMPARE(is.reason(), was.reason());
    QCOMPARE(is.path(), was.path());
    QCOMPARE(is.holder(), was.holder());
}
void compareMembers(const RemoteError &is, const RemoteError &was)
{
    QCOMPARE(is.typeName(), was.typeName());
    QCOMPARE(is.message(), was.message());
}

template <typename E>
void compare(const std::exception_ptr &received, const E &was)
{
    try {
        std::rethrow_exception(received);
    } catch (const E &is) {
        if constexpr (!std::is_same_v<E, RemoteError>)
            QVERIFY2(!dynamic_cast<const RemoteError *>(&is), is.what());
        QCOMPARE(is.what(), was.what());
        compareMembers(is, was);
        QVERIFY(remoteTraceOf(is));
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

/// Comes back as itself: alone, a second time, and with something nested in it.
template <typename E>
void comesBack(const E &error)
{
    const std::exception_ptr once = sentAndReceived(std::make_exception_ptr(error));
    compare(once, error);
    compare(sentAndReceived(once), error);
    std::exception_ptr nesting;
    try {
        try {
            throw std::length_error("inner");
        } catch (...) {
            std::throw_with_nested(error);
        }
    } catch (...) {
        nesting = sentAndReceived(std::current_exception());
    }
    compare(nesting, error);
    try {
        std::rethrow_exception(nesting);
    } catch (const E &outer) {
        QVERIFY_THROWS_EXCEPTION(std::length_error, std::rethrow_if_nested(outer));
    }
}

using Check = void (*)();
template <typename E>
void textComesBack()
{
    comesBack(E("the text"));
}

/// Of all exception types of the library, by name.
const QHash<QString, Check> &checks()
{
    static const QHash<QString, Check> all{
#define TEXT(E) {QStringLiteral(#E), &textComesBack<E>}
#define MADE(E, ...)                                                                                                             \
    {                                                                                                                            \
        QStringLiteral(#E), [] { comesBack(E(__VA_ARGS__)); }                                                                    \
    }
        TEXT(ProcessError),
        MADE(SystemError, "open", "/no/file", ENOENT),
        MADE(InvalidInput, "a.b", "input", "detail", "text"),
        TEXT(SharedMemoryError),
        MADE(BufferTooShort, "message", 3),
        MADE(EndOfFile, "text", true),
        TEXT(AuthenticationError),
        TEXT(TimeoutError),
        TEXT(EncodeError),
        TEXT(DecodeError),
        TEXT(NotTransferable),
        MADE(RemoteError, "A::B", "text", RemoteTrace("there", "Process-2")),
        TEXT(LockNotHeld),
        TEXT(ReleaseError),
        TEXT(BrokenBarrier),
        TEXT(Empty),
        TEXT(Full),
        TEXT(QueueError),
        TEXT(ValueError),
        TEXT(IndexError),
        TEXT(SharedMemoryExists),
        TEXT(SharedMemoryNotFound),
        MADE(AttachError, AttachError::Reason::NothingShared, 17),
        TEXT(ContextError),
        TEXT(FunctionError),
        MADE(TaskLibraryError, "library.missing", "input", "detail", "text"),
        TEXT(PoolError),
        MADE(WorkerLost, QStringLiteral("task"), QStringLiteral("Worker-1"), 17, ExitStatus::signaled(11), "last words"),
        TEXT(TaskTimeout),
        MADE(MemoryLimitExceeded, QStringLiteral("task"), 1'000, 5'000),
        TEXT(TaskCancelled),
        MADE(JobStoreError, JobStoreError::Reason::JobInUse, QStringLiteral("/a/b"), QStringLiteral("write"), QStringLiteral("x"),
            5),
        TEXT(JobLogError),
#undef TEXT
#undef MADE
    };
    return all;
}

/// The classes derived from ProcessError, directly or not, in the headers of the library.
QStringList typesInHeaders()
{
    static const QRegularExpression declaration(
        QStringLiteral("^(?:class|struct) (\\w+)(?: final)? : public ([\\w:]+)"), QRegularExpression::MultilineOption);
    QMultiHash<QString, QString> derived;
    QDirIterator files(QFINDTESTDATA("../core"), {QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = declaration.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            derived.insert(match.captured(2).section(QStringLiteral("::"), -1), match.captured(1));
        }
    }
    QStringList types = {QStringLiteral("exception"), QStringLiteral("runtime_error"), QStringLiteral("logic_error")};
    for (qsizetype i = 0; i < types.size(); ++i)
        types += derived.values(types.at(i));
    return types.mid(3);
}

} // namespace
Q_DECLARE_METATYPE(Check)

class TestExceptionTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(typesInHeaders().size() > 30, "the headers were not found"); }

    void comeBackAsThemselves_data()
    {
        QTest::addColumn<QString>("type");
        for (const QString &type : typesInHeaders())
            QTest::newRow(qPrintable(type)) << type;
    }
    void comeBackAsThemselves()
    {
        QFETCH(QString, type);
        const Check check = checks().value(type);
        QVERIFY2(check, "name the new exception type in checks(), and give its header a KnownException");
        check();
    }
};

QTEST_GUILESS_MAIN(TestExceptionTypes)
#include "tst_exceptiontypes.moc"
