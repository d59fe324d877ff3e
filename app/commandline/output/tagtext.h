// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/template/replacement.h>

#include <vector>

namespace procession {

/// A text with replacement strings that stand for the inputs as they are, unless a quoting is given: what `--tagstring` puts before lines.
class TagText
{
public:
    using Quoting = QByteArray (*)(const QByteArray &value);

    TagText(const QByteArray &text, const QByteArrayList &columnNames);

    QByteArray of(const QByteArrayList &row, qint64 number, int worker, Quoting quoting = nullptr) const;
    bool hasReplacements() const { return m_pieces.size() > 1; }
    /// Whether it names the worker's number.
    bool namesWorker() const;

private:
    std::vector<TemplatePiece> m_pieces;
};

} // namespace procession
