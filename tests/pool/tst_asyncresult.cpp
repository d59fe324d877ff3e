// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>

#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int waitAnd(const Event &gate, int x)
{
    gate.wait();
    return x;
}

int fail(int x) { throw std::out_of_range("item " + std::to_string(x)); }

void nothing() { }

int stepByStep(const Queue<int> &go, int steps)
{
    for (int i = 1; i <= steps; ++i) {
        go.get();
        reportProgress(i, steps, QStringLiteral("step %1").arg(i));
    }
    return steps;
}

/// A thread with an event loop and an object in it.
class LoopThread
{
public:
    LoopThread()
    {
        m_object.moveToThread(&m_thread);
        m_thread.start();
    }
    ~LoopThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(LoopThread)
    QObject *object() { return &m_object; }
    QThread *thread() { return &m_thread; }

private:
    QThread m_thread;
    QObject m_object;
};

} // namespace

class TestAsyncResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waiting_data() { addStartMethods(); }
    void waiting();
    void callbacks_data() { addStartMethods(); }
    void callbacks();
    void callbacksInAThread_data() { addStartMethods(); }
    void callbacksInAThread();
    void aContextThatGoes();
    void callbacksThatThrow();
    void callbacksCannotWait();
    void callbacksOfAPoolThatHasEnded();
    void progress_data() { addStartMethods(); }
    void progress();
    void progressOfAMap_data() { addStartMethods(); }
    void progressOfAMap();
    void future_data() { addStartMethods(); }
    void future();
    void futureOfAMap_data() { addStartMethods(); }
    void futureOfAMap();
    void futureWithProgress_data() { addStartMethods(); }
    void futureWithProgress();
    void aFutureThatIsCancelled_data() { addStartMethods(); }
    void aFutureThatIsCancelled();
    void aFutureThatFails();
    void futuresOfAPoolThatHasEnded();
};

void TestAsyncResult::waiting()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Event gate;
    const auto result = pool.applyAsync(&waitAnd, gate, 3);
    QVERIFY(!result.wait(QDeadlineTimer(0)));
    QVERIFY(!result.isReady());
    VERIFY_CONTAINS(errorOf([&] { static_cast<void>(result.isSuccessful()); }), "not ready");
    QVERIFY_THROWS_EXCEPTION(TimeoutError, result.get(QDeadlineTimer(10ms)));
    gate.set();
    QVERIFY(result.wait(Patience));
    QVERIFY(result.isSuccessful());
    QCOMPARE(result.get(), 3);
    QCOMPARE(result.get(), 3);
}

void TestAsyncResult::callbacks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    Queue<int> told;
    pool.applyAsync(&squared, 3).onResult([told](int result) { told.put(result); });
    QCOMPARE(told.tryGet(Patience), 9);
    pool.applyAsync(&nothing).onResult([told] { told.put(1); });
    QCOMPARE(told.tryGet(Patience), 1);
    const auto failed = pool.applyAsync(&fail, 5);
    failed.onResult([told](int) { told.put(-1); }).onError([told](const std::exception_ptr &error) {
        try {
            std::rethrow_exception(error);
        } catch (const std::out_of_range &caught) {
            told.put(std::string(caught.what()) == "item 5" ? 5 : -2);
        }
    });
    QCOMPARE(told.tryGet(Patience), 5);
    failed.onError([told](const std::exception_ptr &) { told.put(6); }); // it has failed by now
    QCOMPARE(told.tryGet(Patience), 6);
    const auto map = pool.mapAsync(&squared, std::views::iota(0, 4));
    map.onResult([told](const std::vector<int> &all) { told.put(all.back()); });
    QCOMPARE(told.tryGet(Patience), 9);
    QVERIFY(told.isEmpty());
}

void TestAsyncResult::callbacksInAThread()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> told;
    LoopThread other;
    const auto tell = [&](int what) { told.put(QThread::currentThread() == other.thread() ? what : -1); };
    const auto result = pool.applyAsync(&squared, 3);
    result.onResult(other.object(), [&](int value) { tell(value); });
    QCOMPARE(told.tryGet(Patience), 9);
    result.onResult(other.object(), [&](int value) { tell(value + 1); });
    QCOMPARE(told.tryGet(Patience), 10);
    pool.applyAsync(&fail, 3).onError(other.object(), [&](const std::exception_ptr &) { tell(3); });
    QCOMPARE(told.tryGet(Patience), 3);
    bool isHere = false; // this thread's event loop runs only now
    pool.applyAsync(&squared, 2).onResult(this, [&](int) { isHere = QThread::currentThread() == thread(); });
    QTRY_VERIFY(isHere);
}

void TestAsyncResult::aContextThatGoes()
{
    Pool pool(options(StartMethod::Fork));
    const Event gate;
    const Queue<int> told;
    auto context = std::make_unique<QObject>();
    const auto result = pool.applyAsync(&waitAnd, gate, 3);
    result.onResult(context.get(), [told](int) { told.put(-1); });
    result.onProgress(context.get(), [told](const TaskProgress &) { told.put(-1); });
    context.reset();
    gate.set();
    QCOMPARE(result.get(Patience), 3);
    bool isHere = false;
    result.onResult(this, [&](int) { isHere = true; });
    QTRY_VERIFY(isHere);
    QVERIFY(told.isEmpty());

    for (int i = 0; i < 200; ++i) { // while they are delivered
        LoopThread other;
        auto *object = new QObject;
        object->moveToThread(other.thread());
        pool.applyAsync(&squared, i).onResult(object, [](int) {});
        object->deleteLater();
    }
}

void TestAsyncResult::callbacksThatThrow()
{
    Pool pool(options(StartMethod::Fork));
    const Queue<int> told;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("callback has thrown: no way")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("callback has thrown something")));
    pool.applyAsync(&squared, 3)
        .onResult([](int) { throw std::runtime_error("no way"); })
        .onResult([](int) { throw 7; })
        .onResult([told](int) { told.put(1); });
    QCOMPARE(told.tryGet(Patience), 1);
    QCOMPARE(pool.apply(&squared, 3), 9);
}

void TestAsyncResult::callbacksCannotWait()
{
    Pool pool(options(StartMethod::Fork));
    const Queue<QString> told;
    const auto first = pool.applyAsync(&squared, 3);
    first.onResult([&pool, told, first](int) {
        told.put(QString::fromStdString(errorOf([&] { pool.apply(&squared, 1); })));
        told.put(QString::fromStdString(errorOf([&] { pool.map(&squared, std::views::iota(0, 3)); })));
        told.put(QString::number(first.get())); // there already
        const auto next = pool.applyAsync(&squared, 5); // not waited for
        next.onResult([told](int result) { told.put(QString::number(result)); });
    });
    QVERIFY(told.tryGet(Patience)->contains(u"cannot wait"));
    QVERIFY(told.tryGet(Patience)->contains(u"cannot wait"));
    QCOMPARE(told.tryGet(Patience), QStringLiteral("9"));
    QCOMPARE(told.tryGet(Patience), QStringLiteral("25"));
}

void TestAsyncResult::callbacksOfAPoolThatHasEnded()
{
    Pool pool(options(StartMethod::Fork));
    const auto result = pool.applyAsync(&squared, 3);
    const Queue<int> told;
    result.onResult([told](int value) { told.put(value); });
    pool.close();
    QVERIFY(pool.join(Patience));
    QCOMPARE(told.tryGet(QDeadlineTimer(0)), 9); // before it ended
    result.onResult([told](int value) { told.put(value + 1); });
    QCOMPARE(told.tryGet(Patience), 10);
}

void TestAsyncResult::progress()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> go;
    const Queue<QString> told;
    const auto result = pool.applyAsync(&stepByStep, go, 2);
    result.onProgress([told](const TaskProgress &progress) {
        told.put(QStringLiteral("%1 of %2: %3").arg(progress.done).arg(progress.total).arg(progress.text));
    });
    go.put(1);
    QCOMPARE(told.tryGet(Patience), QStringLiteral("1 of 2: step 1"));
    QCOMPARE(result.progress(), (TaskProgress{1, 2, QStringLiteral("step 1")}));
    QVERIFY(!result.isReady());
    go.put(1);
    QCOMPARE(told.tryGet(Patience), QStringLiteral("2 of 2: step 2")); // the last is never left out
    QCOMPARE(result.get(Patience), 2);
    reportProgress(1, 1); // no task: nothing happens
}

void TestAsyncResult::progressOfAMap()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<qint64> told;
    LoopThread other; // ends before that goes, which it may be told of more than once
    const Event gate;
    const auto map = pool.mapAsync(bind(&waitAnd, gate), std::views::iota(0, 20));
    map.onProgress(other.object(), [&](const TaskProgress &progress) {
        if (progress.done == progress.total)
            told.put(QThread::currentThread() == other.thread() ? progress.total : -1);
    });
    gate.set();
    QCOMPARE(told.tryGet(Patience), 20);
    QCOMPARE(map.progress(), (TaskProgress{20, 20, {}}));
}

void TestAsyncResult::future()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const auto result = pool.applyAsync(&squared, 3);
    QFuture<int> future = result.future();
    QCOMPARE(future.then([](int x) { return x + 1; }).result(), 10);
    QCOMPARE(future.result(), 9);
    QCOMPARE(result.future().result(), 9); // once more, when it is there
    QCOMPARE(result.get(), 9);
    QFuture<void> none = pool.applyAsync(&nothing).future();
    none.waitForFinished();
    QVERIFY(none.isFinished() && !none.isCanceled());
}

void TestAsyncResult::futureOfAMap()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Event gate;
    const auto map = pool.mapAsync(bind(&waitAnd, gate), std::views::iota(0, 20));
    QFutureWatcher<int> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcher<int>::finished);
    watcher.setFuture(map.future());
    QCOMPARE(watcher.future().progressMaximum(), 20);
    gate.set();
    QVERIFY(finished.wait());
    QCOMPARE(watcher.future().progressValue(), 20);
    const QList<int> results = watcher.future().results();
    QCOMPARE(results.size(), 20);
    QCOMPARE(results.last(), 19);
    QCOMPARE(map.future().results(), results);
}

void TestAsyncResult::futureWithProgress()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> go;
    const auto result = pool.applyAsync(&stepByStep, go, 2);
    QFuture<int> future = result.future();
    go.put(1);
    QTRY_COMPARE(future.progressText(), QStringLiteral("step 1"));
    QCOMPARE(future.progressValue(), 1);
    QCOMPARE(future.progressMaximum(), 2);
    go.put(1);
    QCOMPARE(future.result(), 2);
}

void TestAsyncResult::aFutureThatIsCancelled()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    const Event gate;
    const auto result = pool.applyAsync(&waitAnd, gate, 3);
    QFuture<int> future = result.future();
    future.cancel();
    QVERIFY(result.wait(Patience));
    QVERIFY_THROWS_EXCEPTION(TaskCancelled, result.get());
    future.waitForFinished();
    QCOMPARE(pool.applyAsync(&squared, 3).get(Patience), 9);
    gate.set();
}

void TestAsyncResult::aFutureThatFails()
{
    Pool pool(options(StartMethod::Fork));
    QFuture<int> future = pool.applyAsync(&fail, 3).future();
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, future.waitForFinished());
    QFuture<int> all = pool.mapAsync(&fail, std::views::iota(0, 3)).future();
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, all.waitForFinished());
}

void TestAsyncResult::futuresOfAPoolThatHasEnded()
{
    std::optional<AsyncResult<int>> result;
    std::optional<MapResult<int>> map;
    {
        Pool pool(options(StartMethod::Fork));
        result.emplace(pool.applyAsync(&squared, 3));
        map.emplace(pool.mapAsync(&squared, std::views::iota(0, 3)));
        pool.close();
        QVERIFY(pool.join(Patience));
    }
    QCOMPARE(result->get(), 9);
    QTRY_VERIFY(result->future().isFinished());
    QCOMPARE(result->future().result(), 9);
    QTRY_VERIFY(map->future().isFinished());
    QCOMPARE(map->future().results(), (QList<int>{0, 1, 4}));
}

PROCESSION_TEST_MAIN(TestAsyncResult)
#include "tst_asyncresult.moc"
