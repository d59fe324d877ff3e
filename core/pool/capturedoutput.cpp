// SPDX-License-Identifier: MIT
#include <procession/capturedoutput.h>

#include <algorithm>

namespace procession {

namespace {

const QByteArray TooMuch = QByteArrayLiteral("[more was dropped: the tasks of this call have written too much together]\n");

} // namespace

void CapturedOutput::add(quint64 first, quint32 count, CallOutput &&output)
{
    if (output.isEmpty())
        return;
    for (QByteArray *text : {&output.output, &output.error}) {
        const qsizetype left = std::max<qsizetype>(0, Most - m_size);
        m_size += text->size();
        if (text->size() > left)
            *text = text->first(left) + TooMuch;
    }
    m_parts.insert_or_assign(first, Part{count, std::move(output)});
}

QByteArray CapturedOutput::output() const
{
    QByteArray all;
    for (const auto &[first, part] : m_parts)
        all += part.output.output;
    return all;
}

QByteArray CapturedOutput::error() const
{
    QByteArray all;
    for (const auto &[first, part] : m_parts)
        all += part.output.error;
    return all;
}

CallOutput CapturedOutput::of(quint64 call) const
{
    auto found = m_parts.upper_bound(call);
    if (found == m_parts.begin())
        return {};
    --found;
    return call - found->first < found->second.count ? found->second.output : CallOutput();
}

} // namespace procession
