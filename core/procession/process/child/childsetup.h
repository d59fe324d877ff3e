// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/platform/system/processsettings.h>
#include <procession/process/child/startmethod.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <vector>

namespace procession {

/// Identity and settings of a child, which the parent sends before the child runs anything.
struct ChildSetup
{
    QString name;
    std::vector<int> identity; ///< numbers of its ancestors and its own: the second child of the first is {1, 2}
    bool isDaemon = false;
    bool leavesNothing = false; ///< kill the rest of its process group however it ends; not encoded
    /// how it is started; default for its own children
    StartMethod method = StartMethod::ForkServer;
    QByteArray authKey;
    qint64 parentPid = 0;
    QString parentName;
    quint32 slot = 0; ///< its index in the shared memory's directory
    ProcessSettings settings{}; ///< settings of the parent that differ from the child's own
    int logLevel = -1; ///< the level passed to logToStderr(); -1: not called
    /// Whether the parent does not join the child at its own end although the child is no daemon.
    /// For threads only, so it is not encoded.
    bool isLeftAtEnd = false;
};

template <>
struct Codec<ChildSetup>
{
    static void encode(Encoder &encoder, const ChildSetup &setup);
    static ChildSetup decode(Decoder &decoder);
};

} // namespace procession
