// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/durationhistogram.h>

#include <algorithm>
#include <cmath>

namespace procession {

void DurationHistogram::add(qint64 microseconds)
{
    const double octaves = std::log2(static_cast<double>(std::max<qint64>(microseconds, 0)) + 1);
    const auto last = static_cast<double>(m_classes.size() - 1);
    ++m_classes[static_cast<std::size_t>(std::clamp(octaves * ClassesPerOctave, 0.0, last))];
    ++m_count;
}

qint64 DurationHistogram::median() const
{
    if (m_count == 0)
        return 0;
    qint64 below = 0;
    std::size_t index = 0;
    while ((below + m_classes[index]) * 2 < m_count)
        below += m_classes[index++];
    return static_cast<qint64>(std::exp2((static_cast<double>(index) + 0.5) / ClassesPerOctave)) - 1;
}

} // namespace procession
