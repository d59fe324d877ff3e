// SPDX-License-Identifier: MIT
#include <procession/job/run/inputfeed.h>

#include <procession/platform/thread/threadstart.h>

#include <condition_variable>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace procession {

/// Knows which rows wait for their task to start, and keeps the feed from reading when there are enough.
class InputFeed::Gate : public JobObserver
{
public:
    explicit Gate(std::shared_ptr<RowStream> stream) : m_stream(std::move(stream)) { }

    /// Blocks until rows are wanted. \return how many; 0 at the end
    qsizetype waitForRoom(qsizetype &bytes)
    {
        std::unique_lock lock(m_mutex);
        if (!hasRoom())
            m_changed.wait(lock, [this] { return m_stopped || isHalfEmpty(); }); // not for each row that starts
        bytes = MostWaitingBytes - m_bytes;
        return m_stopped ? 0 : MostWaiting - std::ssize(m_waiting);
    }

    void add(TaskIndex task, qsizetype bytes)
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.emplace(task, bytes);
        m_bytes += bytes;
    }

    void stop()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_stopped = true;
        }
        m_changed.notify_all();
        m_stream->interrupt();
    }

    void taskStarted(TaskIndex task, const TaskRecord &) override { remove(task); }
    void attemptEnded(const Attempt &) override { }
    void taskChanged(TaskIndex task, const TaskRecord &record) override
    {
        if (isEnd(record.state))
            remove(task);
    }
    void tasksAdded(const AddedTasks &added) override
    {
        for (const EarlierTask &earlier : added.earlier) {
            if (isEnd(earlier.record.state))
                remove(earlier.task);
        }
    }
    void jobStateChanged(JobState state) override
    {
        if (state == JobState::Stopping || state == JobState::Finished)
            stop();
    }

private:
    bool hasRoom() const { return m_stopped || (std::ssize(m_waiting) < MostWaiting && m_bytes < MostWaitingBytes); }
    bool isHalfEmpty() const { return std::ssize(m_waiting) <= MostWaiting / 2 && m_bytes <= MostWaitingBytes / 2; }

    void remove(TaskIndex task)
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_waiting.find(task);
        if (found == m_waiting.end())
            return;
        m_bytes -= found->second;
        m_waiting.erase(found);
        if (isHalfEmpty())
            m_changed.notify_all();
    }

    const std::shared_ptr<RowStream> m_stream;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::unordered_map<TaskIndex, qsizetype> m_waiting; // their sizes
    qsizetype m_bytes = 0;
    bool m_stopped = false;
};

InputFeed::InputFeed(
    std::shared_ptr<RowStream> stream, std::shared_ptr<const JobBatch> batch, Matcher matcher, ErrorListener onError)
    : m_stream(std::move(stream)),
      m_batch(std::move(batch)),
      m_matcher(std::move(matcher)),
      m_onError(std::move(onError)),
      m_gate(std::make_shared<Gate>(m_stream))
{
    Q_ASSERT(m_batch->isGrowing());
}

InputFeed::~InputFeed()
{
    m_gate->stop();
    if (m_thread.joinable())
        m_thread.join();
}

std::shared_ptr<JobObserver> InputFeed::observer() const { return m_gate; }

void InputFeed::start(Job &job)
{
    m_thread = startThread("the inputs of a job", [this, &job] { run(job); });
}

void InputFeed::run(Job &job)
{
    AddedTasks added;
    try {
        feed(job, added);
    } catch (const std::exception &error) {
        if (m_onError)
            m_onError(error);
    }
    if (added.count > 0)
        job.append(added);
    job.endInputs();
}

/// \param added  has the rows that were read and not yet given to the job when it throws
void InputFeed::feed(Job &job, AddedTasks &added)
{
    std::vector<QByteArrayList> rows;
    qsizetype bytes = 0;
    while (const qsizetype most = m_gate->waitForRoom(bytes)) {
        if (!m_stream->read(rows, most, bytes))
            return;
        for (const QByteArrayList &row : rows) {
            m_batch->requireUsable(row);
            const TaskIndex task = added.first + static_cast<TaskIndex>(added.count);
            m_batch->definition().growing->append(row);
            ++added.count;
            qsizetype size = qsizetype(sizeof(TaskRecord));
            for (const QByteArray &cell : row)
                size += cell.size();
            m_gate->add(task, size);
            std::optional<EarlierTask> earlier = m_matcher ? m_matcher(*m_batch, task) : std::nullopt;
            if (earlier) {
                earlier->task = task;
                added.earlier.push_back(*earlier);
            }
        }
        job.append(added);
        added = AddedTasks{added.first + static_cast<TaskIndex>(added.count), 0, {}, true};
    }
}

} // namespace procession
