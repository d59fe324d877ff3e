// SPDX-License-Identifier: MIT
// Runs after relocation and before the constructors of all libraries: system calls only. There is no environ, no Qt, no static object
// of C++ and no stdio yet, and nothing may throw.
#include <procession/platform/base/systemcallsonly.h>
#include <procession/platform/child/bornfirst.h>
#include <procession/platform/child/siblingclone.h>

#include <cstring>
#include <sys/socket.h>

extern "C" {
procession::BornFirst processionBornFirst{};
}

namespace procession {

namespace {

union Control {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * ForkRequest::Count)];
};

PROCESSION_SYSTEM_CALLS_ONLY void closeAll(int (&descriptors)[ForkRequest::Count])
{
    for (const int descriptor : descriptors)
        syscall(SYS_close, descriptor);
}

/// Ends the server when the requester has gone. \returns whether the request's descriptors have come; they are the caller's
PROCESSION_SYSTEM_CALLS_ONLY bool receiveRequest(ForkRequest &request, int (&descriptors)[ForkRequest::Count])
{
    iovec vector{&request, sizeof request};
    Control control;
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    long count = 0;
    do
        count = syscall(SYS_recvmsg, BornFirst::Socket, &message, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    if (count != sizeof request)
        syscall(SYS_exit_group, 0);
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS)
        return false;
    __builtin_memcpy(descriptors, CMSG_DATA(header), sizeof descriptors);
    const std::size_t came = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int); // as many as this process may still open
    for (std::size_t i = 0; came < ForkRequest::Count && i < came; ++i)
        syscall(SYS_close, descriptors[i]);
    return came == ForkRequest::Count;
}

/// \param pidfd  -1: none goes with it
/// \returns 0, or an errno
PROCESSION_SYSTEM_CALLS_ONLY int answer(ForkReply::Kind kind, long value, int pidfd)
{
    ForkReply reply;
    reply.kind = kind;
    reply.value = static_cast<qint32>(value);
    iovec vector{&reply, sizeof reply};
    Control control{};
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    if (pidfd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof pidfd);
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(sizeof pidfd);
        __builtin_memcpy(CMSG_DATA(&control.header), &pidfd, sizeof pidfd);
    }
    while (syscall(SYS_sendmsg, BornFirst::Socket, &message, MSG_NOSIGNAL) < 0) {
        if (errno != EINTR)
            return errno;
    }
    return 0;
}

PROCESSION_SYSTEM_CALLS_ONLY void becomeChild(BornFirst &born)
{
    syscall(SYS_close, BornFirst::Socket);
    syscall(SYS_close, BornFirst::Lifeline);
    syscall(SYS_dup3, born.descriptors[ForkRequest::Output], STDOUT_FILENO, 0);
    syscall(SYS_dup3, born.descriptors[ForkRequest::Error], STDERR_FILENO, 0);
    syscall(SYS_close, born.descriptors[ForkRequest::Output]);
    syscall(SYS_close, born.descriptors[ForkRequest::Error]);
    born.kind = BornFirst::Kind::Child;
}

/// Returns in each child, and in the server only when the system refuses a copy.
PROCESSION_SYSTEM_CALLS_ONLY void serveBeforeLibraries(int argc, char **argv, char **)
{
    if (argc != 2 || std::strcmp(argv[1], BornFirst::Role) != 0)
        return;
    BornFirst &born = processionBornFirst;
    for (;;) {
        if (!receiveRequest(born.request, born.descriptors)) {
            answer(ForkReply::Kind::Failed, EMFILE, -1);
            continue;
        }
        int pidfd = -1;
        const long pid = cloneSibling(&pidfd);
        if (pid == 0) {
            becomeChild(born);
            return;
        }
        if (pid < 0) {
            born.kind = BornFirst::Kind::Server;
            return;
        }
        closeAll(born.descriptors);
        // A requester that has too many descriptors in flight gets none; its child dies with the lifeline.
        if (const int error = answer(ForkReply::Kind::Sibling, pid, pidfd))
            answer(ForkReply::Kind::Failed, error, -1);
        syscall(SYS_close, pidfd);
    }
}

__attribute__((section(".preinit_array"), used)) void (*const preinitEntry)(int, char **, char **) = &serveBeforeLibraries;

} // namespace

} // namespace procession
