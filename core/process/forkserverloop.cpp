// SPDX-License-Identifier: MIT
#include <procession/childmain.h>
#include <procession/connection.h>
#include <procession/descriptorpassing.h>
#include <procession/forkprocess.h>
#include <procession/forkserver.h>
#include <procession/forkservermessages.h>
#include <procession/inheritance.h>
#include <procession/logging.h>
#include <procession/minder.h>
#include <procession/processexit.h>
#include <procession/signalreset.h>
#include <procession/standardstreams.h>

#include <array>
#include <cerrno>

namespace procession {

namespace {

void prepare(const Descriptor &socket)
{
    Message message = receiveOrLeave(Connection(socket.duplicate()));
    Decoder decoder(message);
    takeInheritance(decoder);
    processLog(); // Qt reads the files with its logging rules now, once, and not in every child
    for (const CodeAddress &function : decoder.read<std::vector<CodeAddress>>())
        reinterpret_cast<void (*)()>(function.resolve())();
}

[[noreturn]] void becomeChild(Descriptor socket, std::vector<Descriptor> &descriptors)
{
    socket.reset();
    replaceOutput(descriptors[ForkRequest::Output], descriptors[ForkRequest::Error]);
    const int boot = descriptors[ForkRequest::Boot].release();
    descriptors.clear();
    runChildOf(boot);
}

void answer(const Descriptor &socket, const ForkReply &reply, int descriptor)
{
    const std::array<QByteArrayView, 1> parts{QByteArrayView(reinterpret_cast<const char *>(&reply), sizeof reply)};
    const std::array<int, 1> descriptors{descriptor};
    sendWithDescriptors(socket.get(), parts, descriptor < 0 ? std::span<const int>() : std::span<const int>(descriptors));
}

/// \returns in the server; the child goes its own way
void makeChild(Descriptor &socket, std::vector<Descriptor> &descriptors)
{
    try {
        try {
            const auto child = forkSibling();
            if (!child)
                becomeChild(std::move(socket), descriptors);
            answer(socket, {ForkReply::Kind::Sibling, static_cast<qint32>(child->pid())}, child->pidfd());
            return;
        } catch (const SystemError &error) {
            if (error.number() != ENOSYS && error.number() != EPERM && error.number() != EINVAL)
                throw;
        }
        const auto minded = forkMinded();
        if (!minded)
            becomeChild(std::move(socket), descriptors);
        answer(socket, {ForkReply::Kind::Minded, minded->pid}, minded->status.get());
    } catch (const SystemError &error) {
        answer(socket, {ForkReply::Kind::Failed, error.number()}, -1);
    }
}

void serve(Descriptor &socket)
{
    resetSignalsOfChild();
    prepare(socket);
    for (;;) {
        ForkRequest request;
        std::vector<Descriptor> descriptors;
        const Received received
            = receiveWithDescriptors(socket.get(), {reinterpret_cast<char *>(&request), sizeof request}, descriptors);
        if (received.size != sizeof request)
            return; // who asked is gone
        if (descriptors.size() == ForkRequest::Count)
            makeChild(socket, descriptors);
        else
            answer(socket, {ForkReply::Kind::Failed, EMFILE}, -1);
    }
}

} // namespace

void serveForks(Descriptor socket)
{
    flushAndExit(exitCodeOf([&socket] { serve(socket); }));
}

} // namespace procession
