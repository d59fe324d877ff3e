// SPDX-License-Identifier: MIT
#include <procession/memory/arena/threadslot.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/processslot.h>
#include <procession/platform/thread/threadid.h>

namespace procession {

namespace {

SlotTable<ThreadRecord> threads() { return Arena::get().map().threads(); }

/// Gives the record back when the thread ends.
class Entry
{
public:
    Entry() = default;
    Q_DISABLE_COPY_MOVE(Entry)
    ~Entry() { leave(); }

    void enter(quint32 place) { m_place = place; }
    void forget() { m_place = 0; }
    void leave()
    {
        if (m_place == 0)
            return;
        ThreadRecord &record = threads()[m_place - 1];
        record.process.store(0, std::memory_order_release);
        record.life.end();
        threads().giveBack(m_place - 1);
        m_place = 0;
        detail::currentThread = 0;
    }

private:
    quint32 m_place = 0;
};

thread_local Entry entry;

/// The thread's record, or null if it was freed or has another thread by now.
ThreadRecord *placeOf(ThreadWord thread)
{
    const quint32 place = threadPlaceOf(thread);
    if (place == 0 || place > threads().used())
        return nullptr;
    ThreadRecord &record = threads()[place - 1];
    return record.process.load(std::memory_order_acquire) != 0 && threadOf(record) == thread ? &record : nullptr;
}

} // namespace

constinit thread_local ThreadWord detail::currentThread = 0;

ThreadWord detail::enterDirectory()
{
    const quint32 process = processOfThread();
    const quint32 index = Arena::get().take(threads(), "threads");
    ThreadRecord &record = threads()[index];
    record.generation.fetch_add(1, std::memory_order_relaxed);
    record.waitingFor.store(0, std::memory_order_relaxed);
    // The last thread with this record may have been killed while it waited.
    record.wake.store(0, std::memory_order_relaxed);
    record.number.store(currentThreadId(), std::memory_order_relaxed);
    record.life.begin();
    record.process.store(process + 1, std::memory_order_release);
    entry.enter(index + 1);
    currentThread = threadWordOf(index, record.generation.load(std::memory_order_relaxed));
    return currentThread;
}

ThreadRecord &currentThreadRecord() { return threads()[threadPlaceOf(currentThread()) - 1]; }

ThreadRecord *recordOf(ThreadWord thread)
{
    ThreadRecord *record = placeOf(thread);
    return record && !record->life.hasEnded() ? record : nullptr;
}

std::optional<ThreadIdentity> identityOf(ThreadWord thread)
{
    const ThreadRecord *record = placeOf(thread);
    const auto processes = Arena::get().map().processes();
    const quint32 place = record ? record->process.load(std::memory_order_relaxed) : 0;
    if (place == 0 || place > processes.used())
        return std::nullopt;
    const ProcessRecord &process = processes[place - 1];
    return ThreadIdentity{process.pid.load(std::memory_order_relaxed), record->number.load(std::memory_order_relaxed),
        QString::fromUtf8(process.name.get())};
}

ThreadWord threadOf(const ThreadRecord &record)
{
    return threadWordOf(threads().indexOf(record), record.generation.load(std::memory_order_acquire));
}

void forgetThread()
{
    if (detail::currentThread == 0)
        return; // touching `entry` would register its destructor, in a process that was just copied
    detail::currentThread = 0;
    entry.forget();
}

} // namespace procession
