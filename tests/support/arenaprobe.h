// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arena.h>

#include <QtCore/QByteArray>

/// Counts what is in use in the shared memory of this program: objects, segments, and the bytes that are set aside for these.
///
/// \code
/// const ArenaProbe probe;
/// doSomething();
/// QCOMPARE(probe.growth(), QByteArray());
/// \endcode
class ArenaProbe
{
public:
    struct Use
    {
        qint64 objects = 0;
        qint64 segments = 0;
        qint64 bytes = 0; ///< of address space that segments have
        friend bool operator==(const Use &, const Use &) = default;
    };

    ArenaProbe() : m_before(use()) { }

    /// What there is more or less of than when the probe was made, as text; empty when there is as much.
    QByteArray growth() const
    {
        const Use now = use();
        if (now == m_before)
            return {};
        return QByteArray::number(now.objects - m_before.objects) + " objects, "
            + QByteArray::number(now.segments - m_before.segments) + " segments, "
            + QByteArray::number(now.bytes - m_before.bytes) + " bytes";
    }

    /// How many objects more there are.
    qint64 moreObjects() const { return use().objects - m_before.objects; }

    static Use use()
    {
        const procession::ArenaMap &map = procession::Arena::get().map();
        Use all;
        const auto objects = map.objects();
        for (quint32 i = 0; i < objects.used(); ++i)
            all.objects += objects[i].life.load() % 2; // a process may be killed while it frees a record
        const auto segments = map.segments();
        for (quint32 i = 0; i < segments.used(); ++i) {
            if (segments[i].owner.load() != 0) {
                ++all.segments;
                all.bytes += qint64(1) << segments[i].sizeClass.load();
            }
        }
        return all;
    }

private:
    Use m_before;
};
