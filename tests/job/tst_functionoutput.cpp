// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "sanitizers.h"

#include <procession/job/run/batchrun.h>
#include <procession/job/store/jobstore.h>
#include <procession/process/functions/registeredfunction.h>

#include <QtCore/QTemporaryDir>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Prints to both streams, by stdio and past it, and does as `how` says.
QString chatter(const QString &how)
{
    std::printf("begins %s\n", qPrintable(how));
    std::fprintf(stderr, "warns %s\n", qPrintable(how));
    if (how == u"long") {
        for (int line = 0; line < 20'000; ++line)
            std::printf("line %d\n", line);
    } else if (how == u"throws") {
        throw std::runtime_error("enough");
    } else if (how == u"dies") {
        std::fflush(stdout);
        ::raise(SIGKILL);
    } else if (how == u"hangs") {
        std::fflush(stdout);
        for (;;)
            ::pause();
    }
    std::printf("no newline");
    return QStringLiteral("returned");
}

int nicenessPlus(int more) { return ::nice(0) + more; }

// Before main(): workers that are started anew know them, too.
const bool registered = [] {
    registerFunction(QStringLiteral("chatter"), &chatter);
    registerFunction(QStringLiteral("nicenessPlus"), &nicenessPlus);
    return true;
}();

} // namespace

/// What functions of a job print, and the niceness that they have.
class TestFunctionOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (qstrcmp(QTest::currentDataTag(), "fork") == 0)
            SKIP_COPIES_WITH_THREADS();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = m_folder->filePath(QStringLiteral("jobs.sqlite"));
    }
    void cleanup() { m_run.reset(); }

    void whatIsPrintedIsKept_data() { addStartMethods(false); }
    void whatIsPrintedIsKept()
    {
        useMethod();
        run(requestFor(QStringLiteral("chatter"), {"quietly", "throws", "dies", "long"}));
        QCOMPARE(attemptOf(0).output.out.bytes, "begins quietly\nno newline\nreturned\n");
        QCOMPARE(attemptOf(0).output.err.bytes, "warns quietly\n");
        QCOMPARE(attemptOf(1).output.out.bytes, "begins throws\n");
        QCOMPARE(attemptOf(1).output.err.bytes, "warns throws\nenough\n");
        QCOMPARE(attemptOf(2).output.out.bytes, "begins dies\n");
        const QByteArray lastWords = attemptOf(2).output.err.bytes;
        QVERIFY2(lastWords.startsWith("warns dies\n") && lastWords.contains("SIGKILL"), lastWords.constData());
        QCOMPARE(lastWords.count("warns dies"), 1);
        const CapturedStream out = attemptOf(3).output.out;
        QVERIFY(out.isInFile());
        QFile file(out.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().endsWith("\nline 19999\nno newline\nreturned\n"));
    }

    void whatWasPrintedBeforeTheTimeWasUpIsKept_data() { addStartMethods(false); }
    void whatWasPrintedBeforeTheTimeWasUpIsKept()
    {
        useMethod();
        BatchRequest request = requestFor(QStringLiteral("chatter"), {"hangs"});
        request.definition.job.timeout = 2s;
        begin(request);
        const auto present = [this] { return m_run->job().runningOutput(0).result(); };
        QTRY_COMPARE(present().out.bytes, "begins hangs\n");
        QCOMPARE(present().err.bytes, "warns hangs\n");
        QTRY_COMPARE(summary().state, JobState::Finished);
        QTRY_COMPARE(JobStore(m_store).jobs().first().state, JobState::Finished);
        QCOMPARE(attemptOf(0).cause, EndCause::TimedOut);
        QCOMPARE(attemptOf(0).output.out.bytes, "begins hangs\n");
        QCOMPARE(attemptOf(0).output.err.bytes, "warns hangs\n");
    }

    void workersAreAsNiceAsTheJobSays_data() { addStartMethods(false); }
    void workersAreAsNiceAsTheJobSays()
    {
        useMethod();
        BatchRequest request = requestFor(QStringLiteral("nicenessPlus"), {"100"});
        request.definition.options.niceness = 3;
        run(request);
        QCOMPARE(attemptOf(0).output.out.bytes, QByteArray::number(::nice(0) + 103) + '\n');
    }

private:
    static void useMethod()
    {
        QFETCH(const StartMethod, method);
        setStartMethod(method, true);
    }
    BatchRequest requestFor(const QString &function, const QByteArrayList &inputs) const
    {
        BatchRequest request;
        request.definition.name = function;
        request.definition.function = function;
        request.definition.inputs = InputTable({InputList(inputs)});
        request.definition.job.workers = 2;
        request.storePath = m_store;
        return request;
    }
    void begin(const BatchRequest &request)
    {
        m_run = std::make_unique<BatchRun>(BatchRun::prepare(request), BatchRun::Observers{});
        m_run->job().start();
    }
    void run(const BatchRequest &request)
    {
        begin(request);
        QTRY_COMPARE_WITH_TIMEOUT(summary().state, JobState::Finished, 20'000);
        QTRY_COMPARE(JobStore(m_store).job(m_run->storedJob())->state, JobState::Finished);
    }
    JobSummary summary() const { return m_run->job().summary(); }
    Attempt attemptOf(TaskIndex task) const { return JobStore(m_store).attempts(m_run->storedJob(), task).last(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_store;
    std::unique_ptr<BatchRun> m_run;
};

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    TestFunctionOutput test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_functionoutput.moc"
