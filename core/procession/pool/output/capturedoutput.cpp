// SPDX-License-Identifier: MIT
#include <procession/pool/output/capturedoutput.h>

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
        if (text->size() > left)
            *text = text->first(left) + TooMuch;
        m_size += text->size();
    }
    m_parts.insert_or_assign(first, Part{count, count, std::move(output)});
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
    const auto found = find(call);
    return found != m_parts.end() ? found->second.output : CallOutput();
}

CallOutput CapturedOutput::take(quint64 call)
{
    const auto found = find(call);
    if (found == m_parts.end())
        return {};
    Part &part = m_parts.at(found->first);
    if (--part.left > 0)
        return part.output;
    CallOutput output = std::move(part.output);
    m_size -= output.output.size() + output.error.size();
    m_parts.erase(found);
    return output;
}

/// The task that contains the call.
CapturedOutput::Parts::const_iterator CapturedOutput::find(quint64 call) const
{
    auto found = m_parts.upper_bound(call);
    if (found == m_parts.begin())
        return m_parts.end();
    --found;
    return call - found->first < found->second.count ? found : m_parts.end();
}

} // namespace procession
