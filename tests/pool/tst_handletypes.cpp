// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/procession.h>

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

using namespace procession;

// Every handle, moved from, closed and made by default: what is asked of it is refused by an exception or answered, and never crashes.

namespace {

template <typename T>
struct Question
{
    const char *name;
    std::function<void(T &)> ask;
};
template <typename T>
using Questions = std::vector<Question<T>>;

/// The error that ends each of the questions, which all have to be refused.
template <typename T>
void allRefused(T &handle, const Questions<T> &questions)
{
    for (const auto &[name, ask] : questions) {
        try {
            ask(handle);
            QFAIL(qPrintable(QStringLiteral("%1 was answered").arg(QString::fromLatin1(name))));
        } catch (const ProcessError &error) {
            QVERIFY2(!std::string(error.what()).empty(), name);
        }
    }
}

template <typename T>
T movedOut(T &handle)
{
    return std::move(handle);
}

/// Moves a handle away: what was moved from is null, refuses the questions, can be copied, assigned to, and used again.
template <typename T>
void triedMovedFrom(T handle, Questions<T> questions)
{
    const T kept = movedOut(handle);
    if constexpr (requires { handle.isNull(); }) {
        QVERIFY(handle.isNull());
        QVERIFY(!kept.isNull());
        questions.push_back({"name()", [](T &h) { h.name(); }});
        questions.push_back({"setName()", [](T &h) {
                                 if constexpr (requires { h.setName(QString()); })
                                     h.setName(QStringLiteral("x"));
                                 else
                                     h.name();
                             }});
    }
    if constexpr (requires { handle.waiters(); })
        questions.push_back({"waiters()", [](T &h) { h.waiters(); }});
    questions.push_back({"encodeValue()", [](T &h) { encodeValue(h); }});
    allRefused(handle, questions);
    if constexpr (requires { handle == kept; })
        QVERIFY(!(handle == kept));
    T copy = handle;
    allRefused(copy, questions);
    copy = T(kept);
    if constexpr (requires { copy == kept; })
        QVERIFY(copy == kept);
    handle = copy;
    encodeValue(handle);
}

template <typename Q>
Questions<Q> queueQuestions()
{
    return {{"put()", [](Q &q) { q.put(1); }}, {"get()", [](Q &q) { q.get(); }}, {"size()", [](Q &q) { q.size(); }},
        {"isEmpty()", [](Q &q) { q.isEmpty(); }}, {"putTotal()", [](Q &q) { q.putTotal(); }},
        {"abandonments()", [](Q &q) { q.abandonments(); }}, {"close()", [](Q &q) { q.close(); }},
        {"isClosed()", [](Q &q) { q.isClosed(); }}};
}

template <typename L>
Questions<L> lockQuestions()
{
    return {{"acquire()", [](L &l) { l.acquire(); }}, {"release()", [](L &l) { l.release(); }},
        {"acquire(false)", [](L &l) { l.acquire(false); }}};
}

void lock()
{
    Questions<Lock> questions = lockQuestions<Lock>();
    questions.push_back({"owner()", [](Lock &l) { l.owner(); }});
    questions.push_back({"isAbandoned()", [](Lock &l) { l.isAbandoned(); }});
    questions.push_back({"std::scoped_lock", [](Lock &l) { const std::scoped_lock guard(l); }});
    triedMovedFrom(Lock(), questions);
}
void rlock() { triedMovedFrom(RLock(), lockQuestions<RLock>()); }
void semaphore()
{
    Questions<Semaphore> questions = lockQuestions<Semaphore>();
    questions.push_back({"value()", [](Semaphore &s) { s.value(); }});
    questions.push_back({"holders()", [](Semaphore &s) { s.holders(); }});
    triedMovedFrom(Semaphore(2), questions);
}
void boundedSemaphore() { triedMovedFrom(BoundedSemaphore(2), lockQuestions<BoundedSemaphore>()); }
void event()
{
    triedMovedFrom(Event(),
        {{"set()", [](Event &e) { e.set(); }}, {"clear()", [](Event &e) { e.clear(); }}, {"isSet()", [](Event &e) { e.isSet(); }},
            {"wait()", [](Event &e) { e.wait(); }}});
}
void condition()
{
    Questions<Condition> questions = lockQuestions<Condition>();
    questions.push_back({"wait()", [](Condition &c) { c.wait(); }});
    questions.push_back({"waitFor()", [](Condition &c) { c.waitFor([] { return false; }); }});
    questions.push_back({"notify()", [](Condition &c) { c.notify(); }});
    questions.push_back({"notifyAll()", [](Condition &c) { c.notifyAll(); }});
    triedMovedFrom(Condition(), questions);
}
void barrier()
{
    triedMovedFrom(Barrier(2, [] {}),
        {{"wait()", [](Barrier &b) { b.wait(); }}, {"reset()", [](Barrier &b) { b.reset(); }},
            {"abort()", [](Barrier &b) { b.abort(); }}, {"parties()", [](Barrier &b) { b.parties(); }},
            {"waiting()", [](Barrier &b) { b.waiting(); }}, {"isBroken()", [](Barrier &b) { b.isBroken(); }}});
}

template <typename Q>
void triedClosed(Q queue)
{
    queue.close();
    queue.close();
    QVERIFY(queue.isClosed());
    allRefused<Q>(queue, {{"put()", [](Q &q) { q.put(1); }}, {"get()", [](Q &q) { q.get(); }}});
    encodeValue(queue); // others may go on with it
}
void queue()
{
    Questions<Queue<int>> questions = queueQuestions<Queue<int>>();
    questions.push_back({"tryGet()", [](auto &q) { q.tryGet(); }});
    questions.push_back({"tryPut()", [](auto &q) { q.tryPut(1); }});
    questions.push_back({"maxSize()", [](auto &q) { q.maxSize(); }});
    questions.push_back({"joinThread()", [](auto &q) { q.joinThread(); }});
    questions.push_back({"QueueNotifier", [](auto &q) { const QueueNotifier notifier(q); }});
    triedMovedFrom(Queue<int>(), questions);
    triedClosed(Queue<int>());
    Queue<> any;
    const Queue<> kept = std::move(any);
    QVERIFY_THROWS_EXCEPTION(ProcessError, any.put(1));
}
void simpleQueue()
{
    triedMovedFrom(SimpleQueue<int>(), queueQuestions<SimpleQueue<int>>());
    triedClosed(SimpleQueue<int>());
}
void joinableQueue()
{
    Questions<JoinableQueue<int>> questions = queueQuestions<JoinableQueue<int>>();
    questions.push_back({"taskDone()", [](auto &q) { q.taskDone(); }});
    questions.push_back({"join()", [](auto &q) { q.join(); }});
    questions.push_back({"unfinished()", [](auto &q) { q.unfinished(); }});
    triedMovedFrom(JoinableQueue<int>(), questions);
    triedClosed(JoinableQueue<int>());
}

template <typename V, typename T>
Questions<V> valueQuestions(T value)
{
    return {{"value()", [](V &v) { v.value(); }}, {"setValue()", [value](V &v) { v.setValue(value); }}};
}
void rawValue()
{
    triedMovedFrom(RawValue<int>(1), valueQuestions<RawValue<int>>(2));
    triedMovedFrom(RawValue<>(Typecode('i')), valueQuestions<RawValue<>>(QVariant(2)));
}
void value()
{
    triedMovedFrom(Value<int>(1), valueQuestions<Value<int>>(2));
    triedMovedFrom(Value<>(Typecode('i')), valueQuestions<Value<>>(QVariant(2)));
}
template <typename A>
Questions<A> arrayQuestions()
{
    return {{"size()", [](A &a) { a.size(); }}, {"isEmpty()", [](A &a) { a.isEmpty(); }}, {"at()", [](A &a) { a.at(0); }},
        {"set()", [](A &a) { a.set(0, 1); }}, {"values()", [](A &a) { a.values(); }}};
}
void rawArray()
{
    Questions<RawArray<int>> questions = arrayQuestions<RawArray<int>>();
    questions.push_back({"span()", [](auto &a) { a.span(); }});
    questions.push_back({"end()", [](auto &a) { a.end(); }});
    triedMovedFrom(RawArray<int>(3), questions);
    triedMovedFrom(RawArray<>(Typecode('i'), 3), {{"size()", [](RawArray<> &a) { a.size(); }}});
}
void array()
{
    triedMovedFrom(Array<int>(3), arrayQuestions<Array<int>>());
    triedMovedFrom(Array<>(Typecode('i'), 3), {{"size()", [](Array<> &a) { a.size(); }}});
}
void sharedMemory()
{
    const Questions<SharedMemory> questions{{"size()", [](SharedMemory &m) { m.size(); }},
        {"data()", [](SharedMemory &m) { m.data(); }}, {"span()", [](SharedMemory &m) { m.span(); }},
        {"bytes()", [](SharedMemory &m) { m.bytes(); }}, {"unlink()", [](SharedMemory &m) { m.unlink(); }}};
    SharedMemory memory(10);
    const SharedMemory kept = movedOut(memory);
    QVERIFY(memory.isNull());
    allRefused(memory, questions);
    memory = kept;
    QCOMPARE(memory.size(), 10U);
    memory.close();
    QVERIFY(memory.isNull());
    allRefused(memory, questions);
    memory.close();
}
void shareableList()
{
    triedMovedFrom(ShareableList({1, QStringLiteral("a")}),
        {{"size()", [](ShareableList &l) { l.size(); }}, {"at()", [](ShareableList &l) { l.at(0); }},
            {"set()", [](ShareableList &l) { l.set(0, 1); }}, {"toList()", [](ShareableList &l) { l.toList(); }},
            {"end()", [](ShareableList &l) { l.end(); }}, {"count()", [](ShareableList &l) { l.count(1); }}});
}
void anyLock() { triedMovedFrom(AnyLock(), lockQuestions<AnyLock>()); }

void connection()
{
    const Questions<Connection> questions{{"send()", [](Connection &c) { c.send(1); }},
        {"recv()", [](Connection &c) { c.recv<int>(); }}, {"poll()", [](Connection &c) { c.poll(); }},
        {"sendBytes()", [](Connection &c) { c.sendBytes("x"); }}, {"recvBytes()", [](Connection &c) { c.recvBytes(); }},
        {"encodeValue()", [](Connection &c) { encodeValue(c); }}};
    auto [here, there] = pipe();
    const Connection kept = movedOut(here);
    QVERIFY(here.isClosed() && !here.isReadable() && !here.isWritable());
    QCOMPARE(here.fileno(), -1);
    allRefused(here, questions);
    here.close();
    here = kept;
    here.send(1);
    QCOMPARE(there.recv<int>(), 1);
    here.close();
    allRefused(here, questions);
    Connection none;
    allRefused(none, questions);
    none.close();
}

int squared(int x) { return x * x; }

void processHandle()
{
    const Questions<ProcessHandle> questions{{"pid()", [](ProcessHandle &h) { h.pid(); }},
        {"join()", [](ProcessHandle &h) { h.join(); }}, {"isAlive()", [](ProcessHandle &h) { h.isAlive(); }},
        {"exitStatus()", [](ProcessHandle &h) { h.exitStatus(); }}, {"exitCode()", [](ProcessHandle &h) { h.exitCode(); }},
        {"sentinel()", [](ProcessHandle &h) { h.sentinel(); }}, {"kill()", [](ProcessHandle &h) { h.kill(); }},
        {"terminate()", [](ProcessHandle &h) { h.terminate(); }}, {"name()", [](ProcessHandle &h) { h.name(); }},
        {"isDaemon()", [](ProcessHandle &h) { h.isDaemon(); }}};
    ProcessHandle none;
    QVERIFY(none.isNull());
    allRefused(none, questions);
    Process process(&squared, 3);
    process.start();
    ProcessHandle child = process.handle();
    const ProcessHandle kept = movedOut(child);
    QVERIFY(child.isNull());
    allRefused(child, questions);
    child = kept;
    process.join();
    QCOMPARE(child.exitCode(), std::optional(0));
}

void asyncResult()
{
    using Result = AsyncResult<int>;
    const Questions<Result> questions{{"get()", [](Result &r) { r.get(); }}, {"take()", [](Result &r) { r.take(); }},
        {"wait()", [](Result &r) { r.wait(); }}, {"isReady()", [](Result &r) { r.isReady(); }},
        {"isSuccessful()", [](Result &r) { r.isSuccessful(); }}, {"progress()", [](Result &r) { r.progress(); }},
        {"standardOutput()", [](Result &r) { r.standardOutput(); }}, {"outputOf()", [](Result &r) { r.outputOf(0); }},
        {"presentOutput()", [](Result &r) { r.presentOutput(); }}, {"cancel()", [](Result &r) { r.cancel(); }},
        {"onResult()", [](Result &r) { r.onResult([](int) {}); }},
        {"onError()", [](Result &r) { r.onError([](std::exception_ptr) {}); }},
        {"onProgress()", [](Result &r) { r.onProgress([](TaskProgress) {}); }}, {"future()", [](Result &r) { r.future(); }}};
    Pool pool(PoolOptions{.processes = 1, .context = Context(StartMethod::Thread)});
    Result result = pool.applyAsync(&squared, 3);
    Result kept = movedOut(result);
    allRefused(result, questions);
    QCOMPARE(kept.get(), 9);
    result = kept;
    QCOMPARE(result.get(), 9);

    MapResult<int> results = pool.mapAsync(&squared, std::vector{1, 2});
    const MapResult<int> keptResults = movedOut(results);
    QVERIFY_THROWS_EXCEPTION(ProcessError, results.get());
    QCOMPARE(keptResults.get(), (std::vector{1, 4}));

    // A pool that is gone.
    std::optional<Pool> other(std::in_place, PoolOptions{.processes = 1, .context = Context(StartMethod::Thread)});
    const Result last = other->applyAsync(&squared, 4);
    last.wait();
    other.reset();
    QCOMPARE(last.get(), 16);
}

void resultIterator()
{
    Pool pool(PoolOptions{.processes = 1, .context = Context(StartMethod::Thread)});
    auto results = pool.imap(&squared, std::views::iota(1, 4));
    auto kept = movedOut(results);
    QVERIFY_THROWS_EXCEPTION(ProcessError, results.next());
    QVERIFY_THROWS_EXCEPTION(ProcessError, results.begin());
    QVERIFY(results.output().output.isEmpty());
    QCOMPARE(kept.next(), std::optional(1));
    results = movedOut(kept);
    QCOMPARE(results.next(), std::optional(4));
    QVERIFY_THROWS_EXCEPTION(ProcessError, kept.next());
}

void pools()
{
    Pool pool(PoolOptions{.processes = 1, .context = Context(StartMethod::Thread)});
    pool.close();
    pool.close();
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.apply(&squared, 1));
    pool.terminate();
    pool.terminate();
    QVERIFY(pool.join());
    QVERIFY(pool.join());
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.map(&squared, std::vector{1}));
}

void processes()
{
    Process process(&squared, 3);
    QVERIFY_THROWS_EXCEPTION(ProcessError, process.join());
    process.start();
    process.join();
    process.close();
    process.close();
    QVERIFY_THROWS_EXCEPTION(ProcessError, process.join());
    QVERIFY_THROWS_EXCEPTION(ProcessError, process.isAlive());
}

void barrierAction()
{
    bool isDone = false;
    BarrierAction action([&isDone] { isDone = true; });
    const BarrierAction kept = movedOut(action);
    QVERIFY(!action && !BarrierAction());
    action = kept;
    action();
    QVERIFY(isDone);
}

void descriptor()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    const Descriptor kept = std::move(readEnd);
    QVERIFY(!readEnd.isValid() && kept.isValid());
    char byte = 0;
    QVERIFY_THROWS_EXCEPTION(SystemError, readEnd.read({&byte, 1}));
    QVERIFY_THROWS_EXCEPTION(SystemError, readEnd.duplicate());
}

using Check = void (*)();

const QHash<QString, Check> &checks()
{
    static const QHash<QString, Check> all{{QStringLiteral("Lock"), &lock}, {QStringLiteral("RLock"), &rlock},
        {QStringLiteral("Semaphore"), &semaphore}, {QStringLiteral("BoundedSemaphore"), &boundedSemaphore},
        {QStringLiteral("Event"), &event}, {QStringLiteral("Condition"), &condition}, {QStringLiteral("Barrier"), &barrier},
        {QStringLiteral("Queue"), &queue}, {QStringLiteral("SimpleQueue"), &simpleQueue},
        {QStringLiteral("JoinableQueue"), &joinableQueue}, {QStringLiteral("RawValue"), &rawValue},
        {QStringLiteral("Value"), &value}, {QStringLiteral("RawArray"), &rawArray}, {QStringLiteral("Array"), &array},
        {QStringLiteral("SharedMemory"), &sharedMemory}, {QStringLiteral("ShareableList"), &shareableList},
        {QStringLiteral("AnyLock"), &anyLock}, {QStringLiteral("Connection"), &connection},
        {QStringLiteral("ProcessHandle"), &processHandle}, {QStringLiteral("AsyncResult"), &asyncResult},
        {QStringLiteral("ResultIterator"), &resultIterator}, {QStringLiteral("Pool"), &pools},
        {QStringLiteral("Process"), &processes}, {QStringLiteral("BarrierAction"), &barrierAction},
        {QStringLiteral("Descriptor"), &descriptor}};
    return all;
}

/// The handles of shared objects that the headers name, but those that only the pool uses.
QStringList handlesInHeaders()
{
    static const QRegularExpression handle(
        QStringLiteral("KindOf<(\\w+)> Kind\\{|^class (\\w+) : public Synchronized<"), QRegularExpression::MultilineOption);
    static const QStringList internal{QStringLiteral("PoolQueue"), QStringLiteral("PoolHandle"), QStringLiteral("WorkerHandle")};
    QStringList handles;
    QDirIterator files(QFINDTESTDATA("../core"), {QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = handle.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            handles.append(match.captured(match.captured(1).isEmpty() ? 2 : 1));
        }
    }
    handles.removeDuplicates();
    handles.removeIf([](const QString &name) { return internal.contains(name); });
    return handles;
}

} // namespace
Q_DECLARE_METATYPE(Check)

class TestHandleTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QStringList handles = handlesInHeaders();
        QVERIFY2(handles.size() > 14, "the headers were not found");
        for (const QString &handle : handles)
            QVERIFY2(checks().contains(handle), qPrintable(handle + QStringLiteral(": add the new handle to checks()")));
    }

    void refusesWhatItCannotDo_data()
    {
        QTest::addColumn<Check>("check");
        for (auto check = checks().cbegin(); check != checks().cend(); ++check)
            QTest::newRow(qPrintable(check.key())) << check.value();
    }
    void refusesWhatItCannotDo()
    {
        QFETCH(Check, check);
        check();
    }
};

PROCESSION_TEST_MAIN(TestHandleTypes)
#include "tst_handletypes.moc"
