// SPDX-License-Identifier: MIT
#include <procession/pool/output/outputqueue.h>

#include <algorithm>

namespace procession {

namespace {

constexpr qsizetype Piece = 4096; // PIPE_BUF: a pipe accepts it as a whole

} // namespace

QByteArray OutputQueue::next() const
{
    const QByteArrayView piece = QByteArrayView(m_bytes).sliced(m_begin, std::min(Piece, size()));
    const qsizetype lines = piece.lastIndexOf('\n') + 1;
    return piece.first(lines > 0 ? lines : piece.size()).toByteArray();
}

void OutputQueue::remove(qsizetype size)
{
    constexpr qsizetype MuchBefore = 262'144;
    m_begin += size;
    if (m_begin == m_bytes.size() || m_begin > MuchBefore) {
        m_bytes.remove(0, m_begin);
        m_begin = 0;
    }
}

} // namespace procession
