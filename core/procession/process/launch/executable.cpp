// SPDX-License-Identifier: MIT
#include <procession/process/launch/executable.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/base/readiness.h>
#include <procession/platform/child/forkmutex.h>
#include <procession/platform/child/programlaunch.h>
#include <procession/platform/system/ownexecutable.h>
#include <procession/process/launch/freezesupport.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>

extern "C" char **environ;

namespace procession {

namespace {

struct Executable
{
    ForkMutex mutex;
    QByteArray path; // empty: this program's
    QByteArray ownFile; // empty: not determined yet
    QByteArray programName;
    bool isPrepared = false;
};

Executable &executable()
{
    // Never destroyed: threads may start children until the process exits.
    static auto &shared = *new Executable;
    return shared;
}

/// The file to execute. The caller holds the lock.
QByteArray presentFile()
{
    Executable &shared = executable();
    if (!shared.path.isEmpty())
        return shared.path;
    if (shared.ownFile.isEmpty())
        shared.ownFile = ownExecutableFile();
    return shared.ownFile;
}

} // namespace

void setExecutable(const QByteArray &path)
{
    const std::scoped_lock lock(executable().mutex);
    executable().path = path;
}

void noteFreezeSupport(const char *programName)
{
    const std::scoped_lock lock(executable().mutex);
    executable().programName = programName ? programName : "";
    executable().isPrepared = true;
}

void checkFreezeSupport()
{
    const std::scoped_lock lock(executable().mutex);
    if (!executable().isPrepared && executable().path.isEmpty())
        throw ProcessError(
            "processes cannot be started by ForkServer or Spawn, because main() did not call "
            "procession::freezeSupport(argc, argv) first: the children are this program started anew, and they would "
            "do all that main() does");
}

bool hasExecutable()
{
    const std::scoped_lock lock(executable().mutex);
    const QFileInfo file(QFile::decodeName(presentFile()));
    return file.isFile() && file.isExecutable();
}

ChildProcess startExecutable(const char *role, int boot)
{
    checkFreezeSupport();
    QByteArray path;
    QByteArray name;
    {
        const std::scoped_lock lock(executable().mutex);
        path = presentFile();
        name = executable().path.isEmpty() ? executable().programName : executable().path;
    }
    std::array<char *, 3> arguments{name.data(), const_cast<char *>(role), nullptr};
    const Descriptor null = openNull();
    ProgramLaunch launch;
    launch.program = path.constData();
    launch.arguments = arguments.data();
    launch.environment = environ;
    launch.input = null.get();
    launch.inherited = boot;
    launch.leadsGroup = true; // so that Ctrl-C cannot reach the child before it disregards SIGINT
    launch.signalsToReset = customSignals();
    const auto stack = std::make_unique<std::byte[]>(ProgramLaunch::StackSize);
    return launchProgram(launch, {stack.get(), ProgramLaunch::StackSize});
}

void sendWork(Child &child, const Connection &boot, const Message &work)
{
    try {
        boot.sendMessage(work);
    } catch (const ProcessError &error) {
        child.signal(SIGKILL); // it has ended already, or cannot do its work
        waitReadable(child.sentinel(), QDeadlineTimer::Forever);
        child.reap();
        const auto *refusal = dynamic_cast<const SystemError *>(&error);
        if (refusal && saysThatPeerDied(*refusal))
            throw ProcessError("a process ended as soon as it was started: main() of the program must call "
                               "procession::freezeSupport(argc, argv) first");
        throw;
    }
}

bool saysThatPeerDied(const SystemError &error) { return error.number() == EPIPE || error.number() == ECONNRESET; }

} // namespace procession
