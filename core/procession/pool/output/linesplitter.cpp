// SPDX-License-Identifier: MIT
#include <procession/pool/output/linesplitter.h>

#include <utility>

namespace procession {

QByteArray LineSplitter::add(QByteArrayView bytes)
{
    QByteArray lines;
    const qsizetype whole = bytes.lastIndexOf('\n') + 1;
    if (whole > 0) {
        lines = std::exchange(m_line, {});
        lines += bytes.first(whole);
    }
    m_line += bytes.sliced(whole);
    if (m_line.size() > LongestLine)
        lines += finishLine();
    return lines;
}

QByteArray LineSplitter::finishLine()
{
    QByteArray line = std::exchange(m_line, {});
    if (!line.isEmpty())
        line += '\n';
    return line;
}

} // namespace procession
