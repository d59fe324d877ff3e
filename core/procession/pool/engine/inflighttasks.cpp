// SPDX-License-Identifier: MIT
#include <procession/pool/engine/inflighttasks.h>

#include <procession/pool/shared/taskmessage.h>

namespace procession {

TaskInFlight &InFlightTasks::add(const std::shared_ptr<Submission> &batch, const TaskChunk &chunk)
{
    if (m_free.empty()) {
        m_free.push_back(static_cast<quint32>(m_places.size()));
        m_places.emplace_back();
    }
    const quint32 place = m_free.back();
    m_free.pop_back();
    TaskInFlight &task = m_places[place];
    task.id = TaskId::of(place, ++m_generation);
    task.batch = batch;
    task.chunk = chunk;
    ++m_count;
    return task;
}

TaskInFlight *InFlightTasks::find(quint64 id)
{
    const quint32 place = TaskId::place(id);
    return place < m_places.size() && id != 0 && m_places[place].id == id ? &m_places[place] : nullptr;
}

void InFlightTasks::remove(TaskInFlight &task)
{
    m_free.push_back(TaskId::place(task.id));
    m_bytes -= task.bytes;
    --m_count;
    task = {};
}

void InFlightTasks::addBytes(TaskInFlight &task, qsizetype bytes)
{
    task.bytes += bytes;
    m_bytes += bytes;
}

} // namespace procession
