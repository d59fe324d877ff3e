// SPDX-License-Identifier: MIT
#include <procession/ipc/connection.h>
#include <procession/platform/base/loglimit.h>
#include <procession/platform/base/standardstreams.h>
#include <procession/platform/child/bornfirst.h>
#include <procession/platform/child/forkhandlers.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/child/forkservermessages.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/child/minder.h>
#include <procession/platform/processes/processexit.h>
#include <procession/platform/socket/descriptorpassing.h>
#include <procession/platform/system/randomnumbers.h>
#include <procession/platform/system/signalreset.h>
#include <procession/process/child/childmain.h>
#include <procession/process/child/inheritance.h>
#include <procession/process/child/logging.h>
#include <procession/process/launch/forkserver.h>

#include <array>
#include <cerrno>

namespace procession {

namespace {

/// \returns whether functions were preloaded
bool prepare(const Descriptor &socket)
{
    Message message = receiveOrLeave(Connection(socket.duplicate()));
    Decoder decoder(message);
    takeInheritance(decoder);
    processLog(); // Qt reads the files with its logging rules now, once, and not in every child
    prepareRandomNumbers();
    flushStreams(); // the dynamic linker resolves its functions now, once, and not in every child
    const auto preloaded = decoder.read<std::vector<CodeAddress>>();
    for (const CodeAddress &function : preloaded)
        reinterpret_cast<void (*)()>(function.resolve())();
    return !preloaded.empty();
}

/// An exception of any kind ends the child, which must not continue as the server.
[[noreturn]] void becomeChild(Descriptor socket, std::vector<Descriptor> &descriptors)
{
    const int failed = exitCodeOf([&] {
        socket.reset();
        replaceOutput(descriptors[ForkRequest::Output], descriptors[ForkRequest::Error]);
        const int boot = descriptors[ForkRequest::Boot].release();
        descriptors.clear();
        ForkServer::forget(); // a preloaded function may have started a server
        runChildOf(boot);
    });
    flushAndExit(failed);
}

/// \param beside  descriptors sent with the reply
void answer(const Descriptor &socket, const ForkReply &reply, std::span<const int> beside = {})
{
    const std::array<QByteArrayView, 1> parts{QByteArrayView(reinterpret_cast<const char *>(&reply), sizeof reply)};
    sendWithDescriptors(socket.get(), parts, beside);
}

enum class CopyWay : quint8 { Sibling, Minder };

/// \returns in the server only; the child ends in becomeChild()
void makeSibling(Descriptor &socket, std::vector<Descriptor> &descriptors)
{
    const auto child = forkSibling();
    if (!child)
        becomeChild(std::move(socket), descriptors);
    const std::array beside{child->pidfd()};
    answer(socket, {ForkReply::Kind::Sibling, static_cast<qint32>(child->pid())}, beside);
}

/// \returns in the server only; the child ends in becomeChild()
void makeMinded(Descriptor &socket, std::vector<Descriptor> &descriptors, bool leavesNothing)
{
    const auto minded = forkMinded(leavesNothing);
    if (!minded)
        becomeChild(std::move(socket), descriptors);
    const std::array beside{minded->status.get(), minded->pidfd.get()};
    answer(socket, {ForkReply::Kind::Minded, minded->pid}, std::span(beside).first(minded->pidfd.isValid() ? 2 : 1));
}

/// \returns in the server only; the child ends in becomeChild()
void makeChild(Descriptor &socket, std::vector<Descriptor> &descriptors, const ForkRequest &request, CopyWay way)
{
    try {
        // A plug-in may have started a thread since.
        if (way == CopyWay::Sibling && threadCount() == 1) {
            try {
                makeSibling(socket, descriptors);
                return;
            } catch (const SystemError &error) {
                if (error.number() != ENOSYS && error.number() != EPERM && error.number() != EINVAL)
                    throw;
            }
        }
        makeMinded(socket, descriptors, request.leavesNothing);
    } catch (const SystemError &error) {
        answer(socket, {ForkReply::Kind::Failed, error.number()});
    }
}

void serve(Descriptor &socket, CopyWay way)
{
    for (;;) {
        ForkRequest request;
        std::vector<Descriptor> descriptors;
        const Received received
            = receiveWithDescriptors(socket.get(), {reinterpret_cast<char *>(&request), sizeof request}, descriptors);
        if (received.size != sizeof request)
            return; // the requester has closed its end or died
        if (descriptors.size() == ForkRequest::Count)
            makeChild(socket, descriptors, request, way);
        else
            answer(socket, {ForkReply::Kind::Failed, EMFILE});
    }
}

/// Selects how this server copies itself from now on. If copies would not be safe, executes the
/// server anew where possible.
CopyWay chooseWay(const Descriptor &socket, bool hasPreloaded, const char *programName)
{
    if (threadCount() == 1)
        return hasForkHandlers() ? CopyWay::Minder : CopyWay::Sibling;
    if (!hasPreloaded && canBeBornFirst())
        becomeBornFirst(socket.get(), Lifeline::heldEnd(), programName);
    static LogLimit limit;
    limit.warn(processLog(),
        "the fork server has %d threads, which libraries or preloaded functions have started: a child hangs where it needs "
        "something that they had locked. Preload nothing that starts threads, or use Spawn",
        threadCount());
    return CopyWay::Minder;
}

} // namespace

void serveForks(Descriptor socket, const char *programName)
{
    flushAndExit(exitCodeOf([&] {
        resetSignalsOfChild();
        const bool hasPreloaded = prepare(socket);
        serve(socket, chooseWay(socket, hasPreloaded, programName));
    }));
}

void runBornFirst()
{
    const BornFirst born = bornFirst();
    resetSignalsOfChild();
    if (born.kind == BornFirst::Kind::Child)
        runChildOf(born.descriptors[ForkRequest::Boot]);
    flushAndExit(exitCodeOf([&born] {
        // The system refused a copy, so this server continues as one whose program has threads.
        Descriptor socket(BornFirst::Socket);
        Lifeline::hold(Descriptor(BornFirst::Lifeline)); // so that its children close it
        std::vector<Descriptor> descriptors;
        for (const int descriptor : born.descriptors)
            descriptors.emplace_back(descriptor);
        makeChild(socket, descriptors, born.request, CopyWay::Minder);
        descriptors.clear();
        serve(socket, CopyWay::Minder);
    }));
}

} // namespace procession
