// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/output/tagtext.h>

#include <algorithm>

namespace procession {

TagText::TagText(const QByteArray &text, const QByteArrayList &columnNames)
{
    QByteArrayView rest(text);
    QByteArray literal;
    while (!rest.isEmpty()) {
        if (const auto replacement = Replacement::match(rest, columnNames)) {
            m_pieces.push_back({literal, replacement});
            literal.clear();
            rest = rest.sliced(replacement->source.size());
        } else {
            literal += rest.front();
            rest = rest.sliced(1);
        }
    }
    m_pieces.push_back({literal, std::nullopt});
}

QByteArray TagText::of(const QByteArrayList &row, qint64 number, int worker, Quoting quoting) const
{
    QByteArray text;
    for (const TemplatePiece &piece : m_pieces) {
        text += piece.literal;
        if (!piece.replacement)
            continue;
        QByteArrayList values = piece.replacement->values(row, number, worker);
        if (quoting && piece.replacement->subject == Replacement::Subject::Input)
            std::transform(values.begin(), values.end(), values.begin(), quoting);
        text += values.join(' ');
    }
    return text;
}

bool TagText::namesWorker() const
{
    return std::any_of(m_pieces.begin(), m_pieces.end(), [](const TemplatePiece &piece) {
        return piece.replacement && piece.replacement->subject == Replacement::Subject::WorkerNumber;
    });
}

} // namespace procession
