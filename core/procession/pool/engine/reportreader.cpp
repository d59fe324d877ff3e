// SPDX-License-Identifier: MIT
#include <procession/pool/engine/reportreader.h>

#include <procession/platform/base/loglimit.h>
#include <procession/pool/shared/poollog.h>
#include <procession/pool/tasks/remotefunction.h>

#include <QtCore/QScopeGuard>

#include <algorithm>

namespace procession {

namespace {

constexpr int MostReports = 1024; // taken before anything else is checked
constexpr int ReportsBetween = 64; // between two rounds of handing out tasks

} // namespace

bool ReportReader::collect(const std::function<void()> &handOut)
{
    int count = 0;
    auto taken = m_queue.beginGet(QDeadlineTimer());
    const auto atEnd = qScopeGuard([&] { // also when reading throws
        if (taken)
            m_queue.finishGet(*taken);
    });
    while (taken) {
        report(taken->message, taken->descriptors);
        if (++count == MostReports)
            break;
        if (count % ReportsBetween == 0)
            handOut();
        const PoolQueue::Taken done = *std::exchange(taken, std::nullopt);
        taken = m_queue.getNext(done);
    }
    if (count > 0)
        handOut();
    return count > 0;
}

/// Does not throw exceptions that a report carries.
void ReportReader::report(QByteArrayView message, std::span<Descriptor> descriptors)
{
    ReportHead head;
    if (message.size() < qsizetype(sizeof head)) {
        static LogLimit limit;
        limit.warn(poolLog(), "%s: a worker has sent a report that cannot be read", m_name.constData());
        return;
    }
    std::memcpy(&head, message.data(), sizeof head);
    Decoder decoder(message.sliced(sizeof head), descriptors);
    TaskInFlight *task = m_tasks.inFlight().find(head.id);
    switch (head.kind) {
    case ReportKind::Outcomes:
        if (task)
            outcomes(*task, head, decoder);
        return;
    case ReportKind::Announced:
        if (task && task->batch)
            announced(*task, decoder);
        return;
    case ReportKind::Dropped:
        if (task)
            m_tasks.drop(*task);
        return;
    case ReportKind::Progress:
        if (task && task->batch)
            progressed(*task, decoder);
        return;
    case ReportKind::NotStarted:
        notStarted(decoder);
        return;
    }
    static LogLimit limit;
    limit.warn(poolLog(), "%s: a worker has sent a report of an unknown kind", m_name.constData());
}

void ReportReader::announced(TaskInFlight &task, Decoder &decoder)
{
    if (task.chunk.count == 1 && decoder.remaining() == sizeof(quint64))
        task.batch->expect(task.chunk, decoder.read<quint64>());
}

void ReportReader::progressed(TaskInFlight &task, Decoder &decoder)
{
    try {
        TaskProgress progress;
        progress.done = decoder.read<qint64>();
        progress.total = decoder.read<qint64>();
        progress.text = decoder.read<QString>();
        task.batch->progressed(progress);
        task.batch->takeLater(m_tasks.later());
    } catch (const DecodeError &error) {
        static LogLimit limit;
        limit.warn(poolLog(), "%s: a worker has sent progress that cannot be read: %s", m_name.constData(), error.what());
    }
}

void ReportReader::notStarted(Decoder &decoder)
{
    try {
        decoder.read<OutcomeKind>();
        rethrowDecoded(decoder);
    } catch (const std::exception &error) {
        const char *what = error.what();
        m_size.noteReason(std::string("the initializer threw: ") + (what ? what : "an exception without a text"));
    } catch (...) {
        m_size.noteReason("the initializer threw something that is no std::exception");
    }
}

void ReportReader::outcomes(TaskInFlight &task, const ReportHead &head, Decoder &decoder)
{
    m_size.noteLife();
    const bool isCapturing = m_output && m_output->isCapturing();
    CallOutput output = isCapturing ? m_output->take(head.worker, head.id) : CallOutput();
    if (!task.batch) {
        m_tasks.drop(task);
        return;
    }
    if (head.failures > 0 && task.batch->options().retry->afterExceptions && m_tasks.mayRetry(task)) {
        m_tasks.retry(task);
        return;
    }
    task.batch->noteTime(task.chunk, head.nanoseconds);
    if (isCapturing)
        task.batch->captured(task.chunk, std::move(output));
    if (!m_areThreads)
        task.batch->readOutcomes(decoder, task.chunk);
    else if (task.extra && task.extra->deliver)
        task.extra->deliver();
    m_tasks.finish(task, std::min(head.failures, task.chunk.count));
}

} // namespace procession
