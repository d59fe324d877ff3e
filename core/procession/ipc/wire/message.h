// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/holdings.h>
#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <memory>
#include <vector>

namespace procession {

/// A value for another process: its bytes, the descriptors that travel beside them, and the shared
/// objects whose handles it has.
///
/// Created by Encoder::take() and read by a Decoder. Move-only. Dropping an unsent message loses
/// nothing: this process keeps the objects of its handles until it is sent, and from then on they
/// count as in flight.
struct Message
{
    QByteArray bytes;
    std::vector<Descriptor> descriptors;
    /// Of a message made here, in the order in which they were written.
    std::vector<std::shared_ptr<const Holding>> handles;
    /// It was received: its objects count as in flight until its handles are taken out.
    bool isUnderWay = false;
};

} // namespace procession
