// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/qglobal.h>

#include <array>

namespace procession {

/// Counts durations in classes of a twelfth of their size, so that the middle one of millions is known at once, to some percent.
class DurationHistogram
{
public:
    /// \param microseconds  negative ones count as 0
    void add(qint64 microseconds);
    /// 0 when nothing was added.
    qint64 median() const;
    qint64 count() const { return m_count; }

private:
    static constexpr int ClassesPerOctave = 8;

    std::array<qint64, 64 * ClassesPerOctave> m_classes{};
    qint64 m_count = 0;
};

} // namespace procession
