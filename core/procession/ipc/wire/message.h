// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/holdings.h>
#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <memory>
#include <vector>

namespace procession {

/// A value on its way to another process: its bytes, the descriptors that travel beside them, and the shared objects that it has
/// handles of.
///
/// Made by Encoder::take() and read by a Decoder. Move-only. Dropping one that was not sent loses nothing: what it has handles of is kept
/// by this process until it is sent, and from then on counts as under way.
struct Message
{
    QByteArray bytes;
    std::vector<Descriptor> descriptors;
    std::vector<std::shared_ptr<const Holding>> handles; ///< of one that was made here, in the order in which they were written
    bool isUnderWay = false; ///< it was received: its objects count as under way until its handles are taken out
};

} // namespace procession
