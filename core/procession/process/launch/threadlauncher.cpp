// SPDX-License-Identifier: MIT
#include <procession/process/launch/threadlauncher.h>

#include <procession/memory/arena/processslot.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/thread/threadstart.h>
#include <procession/process/child/childmain.h>
#include <procession/process/child/processruntime.h>

#include <QtCore/QCoreApplication>

#include <thread>

namespace procession {

namespace {

class ThreadChild : public Child
{
public:
    ThreadChild(const ChildSetup &setup, const Work &work)
        : m_own(std::make_unique<ProcessRuntime>(setup)),
          m_thread(startThread(
              "a child by StartMethod::Thread", [this, place = setup.slot + 1, run = work.run] { this->run(place, run); }))
    {
    }
    Q_DISABLE_COPY_MOVE(ThreadChild)
    ~ThreadChild() override
    {
        if (m_thread.joinable())
            m_thread.join();
    }

    qint64 pid() const override { return QCoreApplication::applicationPid(); }
    int sentinel() const override { return m_pipe.first.get(); }
    ExitStatus reap() override
    {
        m_thread.join();
        return ExitStatus::exited(m_exitCode);
    }
    void signal(int) override
    {
        throw ProcessError("a thread cannot be sent a signal, so it cannot be terminated, killed, interrupted or suspended: ask "
                           "it to end, or use another start method");
    }

private:
    void run(quint32 place, const std::function<void()> &work)
    {
        enterThread(place);
        ProcessRuntime::enter(m_own.get());
        m_exitCode = exitCodeOf(work);
        m_own->finishChildren();
        ProcessRuntime::enter(nullptr);
        m_pipe.second.reset(); // makes the other end readable
    }

    std::unique_ptr<ProcessRuntime> m_own;
    std::pair<Descriptor, Descriptor> m_pipe = Descriptor::pipe();
    int m_exitCode = 1;
    std::thread m_thread; // the last member, since the thread uses all others
};

} // namespace

std::unique_ptr<Child> ThreadLauncher::launch(const ChildSetup &setup, const Work &work, Descriptor) const
{
    return std::make_unique<ThreadChild>(setup, work);
}

} // namespace procession
