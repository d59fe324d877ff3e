// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/platform/system/processsettings.h>
#include <procession/process/child/startmethod.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <vector>

namespace procession {

/// Who a child is, as its parent tells it before it runs anything.
struct ChildSetup
{
    QString name;
    std::vector<int> identity; ///< numbers of its ancestors and its own: the second child of the first is {1, 2}
    bool isDaemon = false;
    bool leavesNothing = false; ///< what is left of its process group ends with it, however it ends; known to its parent alone
    StartMethod method = StartMethod::ForkServer; ///< what it starts processes by itself, unless told otherwise
    QByteArray authKey;
    qint64 parentPid = 0;
    QString parentName;
    quint32 slot = 0; ///< its place in the shared memory's directory
    ProcessSettings settings{}; ///< of the parent, where they are not those that the child begins with
    int logLevel = -1; ///< as logToStderr() was told; -1: it was not
    /// Whether this process does not wait for it at its own end, though it is no daemon: for threads, so it does not travel.
    bool isLeftAtEnd = false;
};

template <>
struct Codec<ChildSetup>
{
    static void encode(Encoder &encoder, const ChildSetup &setup);
    static ChildSetup decode(Decoder &decoder);
};

} // namespace procession
