// SPDX-License-Identifier: MIT
#pragma once

#include <procession/message.h>
#include <procession/objectid.h>

#include <QtCore/QByteArrayView>

#include <memory>
#include <vector>

namespace procession {

/// What a message in a queue has beside the bytes of its value: the shared objects that it has handles of. They are named before
/// the value, so that whoever drops the message without understanding it can give them back.
///
/// Used by one thread.
class QueueCargo
{
public:
    /// The bytes that go before those of the value.
    static QByteArray packed(const Message &message);
    /// Takes these bytes off the front.
    /// \returns null when they are damaged
    static std::unique_ptr<QueueCargo> unpack(QByteArrayView &message);

    /// The message has left the queue, so its objects are not under way any more.
    void drop() const;

private:
    std::vector<ObjectId> m_objects;
};

} // namespace procession
