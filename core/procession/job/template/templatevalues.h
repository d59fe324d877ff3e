// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/template/replacement.h>

#include <optional>
#include <span>

namespace procession {

/// What the replacement strings of a template stand for in one command.
struct TemplateValues
{
    QByteArrayList row; ///< the input's columns
    QByteArrayList all; ///< what `{}` stands for: the row, or one value at a time where words are repeated
    qint64 number = 0; ///< the task's, from 1
    std::optional<int> worker; ///< its number, from 1; `{%}` stays as it is without

    /// \throws InvalidInput as Replacement::values
    QByteArrayList of(const Replacement &replacement) const;
    /// Calls `use` with these values for each one that `{}` stands for.
    template <typename Use>
    void forEach(Use use) const
    {
        TemplateValues one = *this;
        for (const QByteArray &value : all) {
            one.all = {value};
            use(one);
        }
    }
};

/// Whether `{}`, `{.}`, … are among these pieces.
bool takesAll(std::span<const TemplatePiece> pieces);

/// Pieces as a shell takes them, values quoted as their places demand. \throws InvalidInput as CommandTemplate::text
QByteArray quotedText(std::span<const TemplatePiece> pieces, const TemplateValues &values);

/// Appends the words that one word of a template becomes: several where a bare `{}` stands for several columns, none where a bare one stands
/// for nothing. \throws InvalidInput as CommandTemplate::arguments
void appendWords(QByteArrayList &words, std::span<const TemplatePiece> word, const TemplateValues &values);

} // namespace procession
