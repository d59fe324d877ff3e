// SPDX-License-Identifier: MIT
#include <procession/pool/pendingresult.h>

#include <procession/ipc/wire/errors.h>
#include <procession/shared/data/valueerror.h>

#include <iterator>

namespace procession {

std::function<void()> ContextCall::to(QObject *context, std::function<void()> function)
{
    const std::shared_ptr<ContextCall> call(new ContextCall, [](ContextCall *made) { made->deleteLater(); });
    // A destroyed object disconnects this connection, and unlike a queued call it may be notified during its destruction.
    connect(
        call.get(), &ContextCall::wanted, context, [function = std::move(function)] { function(); }, Qt::QueuedConnection);
    return [call] { Q_EMIT call->wanted(); };
}

void PendingResult::failMovedFrom() { throw ProcessError("this result refers to nothing: it was moved from"); }

bool PendingResult::wait(QDeadlineTimer deadline)
{
    return m_pool->waitUntil([this] { return m_isReady; }, deadline);
}

bool PendingResult::isReady()
{
    const auto guard = m_pool->ownLock();
    return m_isReady;
}

bool PendingResult::isSuccessful()
{
    const auto guard = m_pool->ownLock();
    if (!m_isReady)
        throw ValueError("the result is not ready yet: wait() for it before asking whether it was successful");
    return !m_error;
}

void PendingResult::require(QDeadlineTimer deadline)
{
    if (!wait(deadline))
        throw TimeoutError("the result is not ready yet: the deadline has passed");
    if (m_error)
        std::rethrow_exception(m_error);
}

TaskProgress PendingResult::progress()
{
    const auto guard = m_pool->ownLock();
    return m_progress;
}

CallOutput PendingResult::present()
{
    const auto batch = m_batch.lock();
    return batch ? m_pool->present(batch) : CallOutput();
}

void PendingResult::cancel()
{
    if (const auto batch = m_batch.lock())
        m_pool->cancel(batch);
}

void PendingResult::whenReady(std::function<void()> callback)
{
    auto guard = m_pool->ownLock();
    if (m_isReady)
        m_pool->post(std::move(callback), guard);
    else
        m_whenReady.push_back(std::move(callback));
}

void PendingResult::whenProgress(std::function<void()> callback)
{
    const auto guard = m_pool->ownLock();
    m_whenProgress.push_back(std::move(callback));
}

void PendingResult::takeLater(Submission::Later &all)
{
    if (m_later.empty())
        return;
    all.insert(all.end(), std::make_move_iterator(m_later.begin()), std::make_move_iterator(m_later.end()));
    m_later.clear();
}

void PendingResult::setReady(const std::exception_ptr &error)
{
    m_isReady = true;
    m_error = error;
    for (auto &callback : std::exchange(m_whenReady, {}))
        m_later.push_back(std::move(callback));
}

void PendingResult::setProgress(const TaskProgress &progress)
{
    m_progress = progress;
    tellProgress();
}

void PendingResult::tellProgress() { m_later.insert(m_later.end(), m_whenProgress.begin(), m_whenProgress.end()); }

} // namespace procession
