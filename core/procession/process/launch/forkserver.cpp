// SPDX-License-Identifier: MIT
#include <procession/process/launch/forkserver.h>

#include <procession/ipc/connection.h>
#include <procession/ipc/pipe.h>
#include <procession/platform/base/standardstreams.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/child/forkservermessages.h>
#include <procession/platform/socket/descriptorpassing.h>
#include <procession/process/child/inheritance.h>
#include <procession/process/launch/executable.h>
#include <procession/process/launch/mindedchild.h>
#include <procession/process/launch/pidfdchild.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>

namespace procession {

namespace {

constexpr qsizetype FitsInASocket = 64 * 1024; // bytes that can be sent before the peer receives

QByteArrayView bytesOf(const ForkRequest &request) { return {reinterpret_cast<const char *>(&request), sizeof request}; }

[[noreturn]] void failStart()
{
    throw ProcessError("the fork server ended as soon as it was started: main() of the program must call "
                       "procession::freezeSupport(argc, argv) first, and what is preloaded must not end the process");
}

} // namespace

ForkServer &ForkServer::get()
{
    // Never destroyed: threads may start children until the process exits.
    static auto &server = *new ForkServer;
    return server;
}

void ForkServer::forget()
{
    // A thread of the parent may have held the lock when this copy was made, so a new object
    // replaces the old one.
    ForkServer &server = get();
    server.m_socket.close();
    server.m_process = {};
    std::vector<CodeAddress> preload = std::move(server.m_preload);
    new (&server) ForkServer();
    server.m_preload = std::move(preload);
}

void ForkServer::setPreload(std::vector<CodeAddress> functions)
{
    const std::scoped_lock lock(m_mutex);
    if (isRunning())
        throw ProcessError("the fork server runs already: name what it is to load before the first process is started");
    m_preload = std::move(functions);
}

qint64 ForkServer::pid() const
{
    const std::scoped_lock lock(m_mutex);
    return isRunning() ? m_process.pid() : 0;
}

void ForkServer::start()
{
    const std::scoped_lock lock(m_mutex);
    if (!isRunning())
        startLocked();
}

void ForkServer::startLocked()
{
    // Children requested by a copy of this process would become children of this process.
    static const bool isForgottenByCopies = (atFork(nullptr, nullptr, &ForkServer::forget), true);
    Q_UNUSED(isForgottenByCopies)
    m_settings = ProcessSettings::current();
    m_rights = ProcessRights::current();
    m_lifeline = Lifeline::forChild();
    Encoder encoder;
    attachInheritance(encoder, m_lifeline.takeChildsEnd());
    encoder << m_preload;
    auto [ours, servers] = pipe();
    m_process = startExecutable(ForkServerRole, servers.fileno());
    servers.close();
    m_socket = std::move(ours);
    try {
        m_socket.sendMessage(encoder.take());
    } catch (const SystemError &error) {
        stopLocked();
        if (saysThatPeerDied(error))
            failStart();
        throw;
    }
}

void ForkServer::stopLocked()
{
    m_socket.close();
    m_lifeline = {}; // kills the server: this process may have lost the right to signal it
    m_process.reap();
}

/// Returns the settings of this process that differ from the server's. Stops a server that cannot
/// pass them on to a child.
ProcessSettings ForkServer::settingsForChild()
{
    if (!isRunning())
        return {};
    ProcessSettings changes = ProcessSettings::current().changesSince(m_settings);
    if (m_rights == ProcessRights::current() && !changes.needRights(m_settings))
        return changes;
    stopLocked();
    return {};
}

std::unique_ptr<Child> ForkServer::launch(ChildSetup setup, const Work &work, Descriptor lifeline)
{
    checkFreezeSupport();
    const std::scoped_lock lock(m_mutex);
    setup.settings = settingsForChild();
    const Message message = messageFor(setup, work, std::move(lifeline));
    if (isRunning()) {
        try {
            return request(message, setup.leavesNothing);
        } catch (const EndOfFile &) {
            stopLocked(); // the server was killed
        }
    }
    startLocked();
    try {
        return request(message, setup.leavesNothing);
    } catch (const EndOfFile &) {
        stopLocked();
        failStart();
    }
}

/// \throws EndOfFile when the server has died
std::unique_ptr<Child> ForkServer::request(const Message &message, bool leavesNothing)
{
    auto [ours, childs] = pipe();
    const bool fits = message.bytes.size() < FitsInASocket;
    if (fits)
        ours.sendMessage(message);

    std::array<int, ForkRequest::Count> descriptors{};
    descriptors[ForkRequest::Boot] = childs.fileno();
    descriptors[ForkRequest::Output] = StandardOutput;
    descriptors[ForkRequest::Error] = StandardError;
    ForkRequest question;
    question.leavesNothing = leavesNothing;
    const std::array<QByteArrayView, 1> parts{bytesOf(question)};
    ForkReply reply;
    std::vector<Descriptor> received;
    try {
        sendWithDescriptors(m_socket.fileno(), parts, descriptors);
    } catch (const SystemError &error) {
        if (saysThatPeerDied(error))
            throw EndOfFile("the fork server has died", false);
        throw;
    }
    if (receiveWithDescriptors(m_socket.fileno(), {reinterpret_cast<char *>(&reply), sizeof reply}, received).size
        != sizeof reply)
        throw EndOfFile("the fork server has died", false);
    if (reply.kind == ForkReply::Kind::Failed)
        throw SystemError("clone", "a copy of the fork server", reply.value);
    if (received.empty()) {
        if (reply.kind == ForkReply::Kind::Sibling)
            killAndReap(reply.value); // a child of this process to which no handle will exist
        throw SystemError("recvmsg", "the descriptor of a child", EMFILE);
    }
    childs.close();

    std::unique_ptr<Child> child;
    if (reply.kind == ForkReply::Kind::Sibling)
        child = std::make_unique<PidfdChild>(ChildProcess(reply.value, std::move(received.front())));
    else
        child = std::make_unique<MindedChild>(
            Minded{reply.value, std::move(received.front()), received.size() > 1 ? std::move(received.back()) : Descriptor()});
    if (!fits)
        sendWork(*child, ours, message);
    return child;
}

} // namespace procession
