// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/cellwidth.h>

#include <algorithm>
#include <array>

namespace procession {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};

/// What Unicode's East Asian Width calls wide or fullwidth, and the unassigned characters between. Qt knows nothing of it, and wcwidth() only
/// what the locale's encoding has.
constexpr std::array Wide = std::to_array<Range>({{0x1100, 0x115f}, {0x231a, 0x231b}, {0x2329, 0x232a}, {0x23e9, 0x23ec},
    {0x23f0, 0x23f0}, {0x23f3, 0x23f3}, {0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267f, 0x267f}, {0x2693, 0x2693},
    {0x26a1, 0x26a1}, {0x26aa, 0x26ab}, {0x26bd, 0x26be}, {0x26c4, 0x26c5}, {0x26ce, 0x26ce}, {0x26d4, 0x26d4}, {0x26ea, 0x26ea},
    {0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa}, {0x26fd, 0x26fd}, {0x2705, 0x2705}, {0x270a, 0x270b}, {0x2728, 0x2728},
    {0x274c, 0x274c}, {0x274e, 0x274e}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797}, {0x27b0, 0x27b0}, {0x27bf, 0x27bf},
    {0x2b1b, 0x2b1c}, {0x2b50, 0x2b50}, {0x2b55, 0x2b55}, {0x2e80, 0x303e}, {0x3041, 0x3247}, {0x3250, 0x4dbf}, {0x4e00, 0xa4c6},
    {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfad9}, {0xfe10, 0xfe19}, {0xfe30, 0xfe6b}, {0xff01, 0xff60}, {0xffe0, 0xffe6},
    {0x16fe0, 0x1b2fb}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320},
    {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0},
    {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e},
    {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5},
    {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0},
    {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faf6}, {0x20000, 0x3fffd}});

bool isWide(char32_t character)
{
    const auto range = std::lower_bound(
        Wide.begin(), Wide.end(), character, [](const Range &each, char32_t wanted) { return each.last < wanted; });
    return range != Wide.end() && character >= range->first;
}

bool joinsTheOneBefore(char32_t character)
{
    if (character >= 0x1160 && character <= 0x11ff) // vowels and finals of a Hangul syllable
        return true;
    const QChar::Category category = QChar::category(character);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format;
}

int cellsOf(char32_t character)
{
    if (character < 0x300)
        return 1;
    if (joinsTheOneBefore(character))
        return 0;
    return isWide(character) ? 2 : 1;
}

/// Reads the character at `position` and moves `position` behind it; half of a surrogate pair stands for itself.
char32_t takeCharacter(QStringView text, qsizetype &position)
{
    const QChar first = text[position++];
    if (first.isHighSurrogate() && position < text.size() && text[position].isLowSurrogate())
        return QChar::surrogateToUcs4(first, text[position++]);
    return first.unicode();
}

QString spaces(int count) { return QString(std::max(count, 0), QLatin1Char(' ')); }

} // namespace

int cellWidth(QStringView text)
{
    int width = 0;
    for (qsizetype position = 0; position < text.size();)
        width += cellsOf(takeCharacter(text, position));
    return width;
}

QString leftPadded(const QString &text, int width) { return text + spaces(width - cellWidth(text)); }

QString rightPadded(const QString &text, int width) { return spaces(width - cellWidth(text)) + text; }

QString cutToCells(const QString &text, int width)
{
    qsizetype end = 0;
    for (qsizetype position = 0; position < text.size(); end = position) {
        width -= cellsOf(takeCharacter(text, position));
        if (width < 0)
            break;
    }
    return text.left(end);
}

} // namespace procession
