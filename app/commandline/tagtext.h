// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/replacement.h>

#include <vector>

namespace procession {

/// A text with replacement strings that stand for the inputs as they are, unquoted: what `--tagstring` puts before lines.
class TagText
{
public:
    TagText(const QByteArray &text, const QByteArrayList &columnNames);

    QByteArray of(const QByteArrayList &row, qint64 number, int worker) const;

private:
    std::vector<TemplatePiece> m_pieces;
};

} // namespace procession
