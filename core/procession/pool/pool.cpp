// SPDX-License-Identifier: MIT
#include <procession/pool/pool.h>

#include <thread>

namespace procession {

Pool::Pool(const PoolOptions &options) : m_handler(PoolDriver::make(options)) { }

Pool::~Pool()
{
    if (!m_handler->isOwn())
        return;
    try {
        m_handler->requireMayWait();
    } catch (const PoolError &) { // in a callback, whose thread the end of the pool would wait for
        std::thread([handler = m_handler] { handler->end(); }).detach();
        return;
    }
    m_handler->end();
}

TaskOptions Pool::withChunks(int chunkSize)
{
    TaskOptions options;
    options.chunkSize = chunkSize;
    return options;
}

TaskOptions Pool::completed(const TaskOptions &options) const
{
    if (options.chunkSize < 0)
        throw PoolError("a chunk cannot have " + std::to_string(options.chunkSize)
            + " calls: give a number of at least 1, or 0 for as many as suit");
    if (options.timeout && options.timeout->count() < 0)
        throw PoolError("a task cannot have a timeout of " + std::to_string(options.timeout->count())
            + " ms: give a positive number, or 0 for ever");
    if (options.retry && (options.retry->retries < 0 || options.retry->delay.count() < 0))
        throw PoolError("a task cannot have " + std::to_string(options.retry->retries) + " retries after "
            + std::to_string(options.retry->delay.count()) + " ms: give numbers of at least 0");
    TaskOptions all = options;
    all.timeout = options.timeout.value_or(m_handler->options().taskTimeout);
    all.retry = options.retry.value_or(m_handler->options().retry);
    if (all.chunkSize == 0 && all.retry->retries > 0)
        all.chunkSize = 1; // each call is retried by itself
    return all;
}

void Pool::prepare(Submission &batch) const
{
    if (m_handler->options().context.startMethod() != StartMethod::Thread)
        batch.encodedFunction();
}

quint64 Pool::lookAhead(quint64 chunkSize) const
{
    constexpr quint64 ChunksEach = 8;
    constexpr quint64 Least = 128;
    if (m_handler->options().lookAhead > 0)
        return std::max<quint64>(chunkSize, static_cast<quint64>(m_handler->options().lookAhead));
    return std::max(Least, ChunksEach * chunkSize * static_cast<quint64>(m_handler->options().processes));
}

} // namespace procession
