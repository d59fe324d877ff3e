// SPDX-License-Identifier: MIT
#pragma once

#include <procession/descriptor.h>

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// A value on its way to another process: its bytes, and the descriptors that travel beside them.
///
/// Made by Encoder::take() and read by a Decoder. Move-only.
struct Message
{
    QByteArray bytes;
    std::vector<Descriptor> descriptors;
};

} // namespace procession
