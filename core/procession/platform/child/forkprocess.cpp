// SPDX-License-Identifier: MIT
#include <procession/platform/child/forkprocess.h>

#include <procession/platform/base/systemcall.h>
#include <procession/platform/child/siblingclone.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/platform/socket/descriptorpassing.h>
#include <procession/platform/socket/packetsocket.h>

#include <array>
#include <csignal>
#include <dlfcn.h>
#include <sys/wait.h>

extern "C" void *__dso_handle; // of the module that this file is linked into

namespace procession {

namespace {

struct Copied
{
    qint64 pid = 0;
    qint64 error = 0;
};

/// In the first copy: reports the second copy to the original, and ends.
[[noreturn]] void tellOriginal(const Descriptor &original, const Copied &copied, const Descriptor &pidfd)
{
    try {
        const std::array parts{QByteArrayView(reinterpret_cast<const char *>(&copied), sizeof copied)};
        const std::array descriptors{pidfd.get()};
        sendWithDescriptors(original.get(), parts, std::span(descriptors).first(pidfd.isValid() ? 1 : 0));
    } catch (const SystemError &) {
        ::_exit(1); // an exception would go on in the caller's code, in a copy that is no child
    }
    ::_exit(0);
}

/// The first copy, which the C library has put in order, makes the second one by a call that gives a pidfd.
std::optional<ChildProcess> forkThroughCopy()
{
    auto [ours, theirs] = packetSocketPair();
    const pid_t first = checked("fork", ::fork());
    if (first == 0) {
        int pidfd = -1;
        const long pid = cloneSibling(&pidfd);
        if (pid == 0) {
            ours.reset();
            theirs.reset();
            return std::nullopt;
        }
        tellOriginal(theirs, {pid, errno}, Descriptor(pid < 0 ? -1 : pidfd));
    }
    theirs.reset();
    Copied copied;
    std::vector<Descriptor> received;
    const Received answer = receiveWithDescriptors(ours.get(), {reinterpret_cast<char *>(&copied), sizeof copied}, received);
    retryOnInterrupt([first] { return ::waitpid(first, nullptr, 0); });
    if (answer.size != sizeof copied || received.size() != 1)
        throw SystemError("clone", "a copy of this process", copied.error != 0 ? static_cast<int>(copied.error) : EAGAIN);
    return ChildProcess(copied.pid, std::move(received.front()));
}

} // namespace

std::optional<ChildProcess> forkProcess()
{
    if (!hasPidfdOpen())
        return forkThroughCopy();
    const pid_t pid = checked("fork", ::fork());
    if (pid == 0)
        return std::nullopt;
    // Nothing else reaps it, so the number is still the child's.
    try {
        return ChildProcess(pid, openPidfd(pid));
    } catch (const SystemError &error) {
        if (error.number() == ESRCH) // SIGCHLD is ignored, so that the system has reaped it
            return ChildProcess::lost(pid);
        ::kill(pid, SIGKILL);
        retryOnInterrupt([pid] { return syscall(SYS_wait4, pid, nullptr, 0, nullptr); });
        throw;
    }
}

void atFork(void (*before)(), void (*inParent)(), void (*inChild)())
{
    using Registration = int (*)(void (*)(), void (*)(), void (*)(), void *);
    static const auto registration = reinterpret_cast<Registration>(::dlsym(RTLD_DEFAULT, "__register_atfork"));
    const int error = registration ? registration(before, inParent, inChild, &__dso_handle) : ENOSYS;
    if (error != 0)
        throw SystemError("pthread_atfork", {}, error);
}

std::optional<ChildProcess> forkSibling()
{
    int pidfd = -1;
    const long pid = checked("clone", cloneSibling(&pidfd));
    if (pid != 0)
        return ChildProcess(pid, Descriptor(pidfd));
    return std::nullopt;
}

} // namespace procession
