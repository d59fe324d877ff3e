// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/text/displaytext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QStringDecoder>

namespace procession {

namespace {

struct DisplayText
{
    Q_DECLARE_TR_FUNCTIONS(procession::DisplayText)
};

enum class Lines { Escaped, Kept };

void appendHex(QString &text, QLatin1StringView prefix, uint value, int digits)
{
    text += prefix + QString::number(value, 16).rightJustified(digits, u'0');
}

/// Characters that cannot be seen, or that change how their neighbours are shown.
bool isTreacherous(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Other_Format:
        return character != 0x200d && character != 0x200c; // these join letters in scripts that need them, and emoji
    default:
        return false;
    }
}

void appendControl(QString &text, uint control, Lines lines)
{
    if (lines == Lines::Kept && (control == '\n' || control == '\t')) {
        text += QChar(control);
        return;
    }
    switch (control) {
    case '\n':
        text += QLatin1StringView("\\n");
        break;
    case '\t':
        text += QLatin1StringView("\\t");
        break;
    case '\r':
        text += QLatin1StringView("\\r");
        break;
    default:
        appendHex(text, QLatin1StringView("\\x"), control, 2);
    }
}

void appendCharacter(QString &text, char32_t character, Lines lines)
{
    if (character < 0x20 || character == 0x7f)
        appendControl(text, character, lines);
    else if (!isTreacherous(character))
        text += QStringView(QChar::fromUcs4(character));
    else if (character <= 0xffff)
        appendHex(text, QLatin1StringView("\\u"), character, 4);
    else
        appendHex(text, QLatin1StringView("\\U"), character, 8);
}

/// The length of the well-formed UTF-8 sequence at the start of `bytes`, 0 when there is none; its character goes to `character`.
qsizetype sequenceLength(QByteArrayView bytes, char32_t &character)
{
    const auto lead = static_cast<uchar>(bytes.front());
    if (lead < 0x80) {
        character = lead;
        return 1;
    }
    const qsizetype length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length)
        return 0;
    character = lead & (0xffU >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        const auto next = static_cast<uchar>(bytes[i]);
        if ((next & 0xc0U) != 0x80)
            return 0;
        character = (character << 6) | (next & 0x3fU);
    }
    const char32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    const bool isSurrogate = character >= 0xd800 && character <= 0xdfff;
    return character < least || character > 0x10ffff || isSurrogate ? 0 : length;
}

bool isPlain(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

QString legible(QByteArrayView bytes, Lines lines)
{
    if (isPlain(bytes))
        return QString::fromLatin1(bytes);
    QString text;
    text.reserve(bytes.size() + bytes.size() / 8);
    while (!bytes.isEmpty()) {
        if (lines == Lines::Kept && bytes.startsWith("\r\n"))
            bytes = bytes.sliced(1);
        char32_t character = 0;
        const qsizetype length = sequenceLength(bytes, character);
        if (length == 0)
            appendHex(text, QLatin1StringView("\\x"), static_cast<uchar>(bytes.front()), 2);
        else
            appendCharacter(text, character, lines);
        bytes = bytes.sliced(std::max<qsizetype>(length, 1));
    }
    return text;
}

constexpr qint64 Second = 1'000'000;

} // namespace

QString displayText(QByteArrayView bytes) { return legible(bytes, Lines::Escaped); }

QString displayLines(QByteArrayView bytes) { return legible(bytes, Lines::Kept); }

QString durationText(qint64 microseconds)
{
    if (microseconds >= 60 * Second)
        return clockText(microseconds);
    const double seconds = static_cast<double>(std::max<qint64>(microseconds, 0)) / double(Second);
    const int decimals = seconds < 0.1 ? 3 : seconds < 10 ? 2 : 1;
    return DisplayText::tr("%1 s", "seconds").arg(QLocale().toString(seconds, 'f', decimals));
}

QString clockText(qint64 microseconds)
{
    const qint64 seconds = std::max<qint64>(microseconds, 0) / Second;
    const auto twoDigits = [](qint64 number) { return QString::number(number).rightJustified(2, u'0'); };
    const QString rest = twoDigits(seconds % 60);
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        return QStringLiteral("%1:%2").arg(QString::number(minutes), rest);
    const qint64 hours = minutes / 60;
    const QString time = QStringLiteral("%1:%2:%3").arg(QString::number(hours % 24), twoDigits(minutes % 60), rest);
    return hours < 24 ? time : DisplayText::tr("%1 d %2", "days and time").arg(QLocale().toString(hours / 24), time);
}

QString sizeText(qint64 bytes)
{
    const int decimals = bytes >= 10'000'000 && bytes < 1'000'000'000 ? 0 : 1;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString timeText(qint64 microseconds)
{
    if (microseconds == 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(microseconds / 1000);
    const QLocale locale;
    if (time.date() != QDate::currentDate())
        return locale.toString(time, QLocale::ShortFormat);
    return locale.toString(time.time(), QStringLiteral("HH:mm:ss"));
}

QString countText(qint64 count) { return QLocale().toString(count); }

QString totalText(qint64 total, bool moreMayCome)
{
    return moreMayCome ? DisplayText::tr("%1+", "tasks so far: more may come").arg(countText(total)) : countText(total);
}

QString percentText(double ratio) { return DisplayText::tr("%1%", "percentage").arg(QLocale().toString(ratio * 100, 'f', 0)); }

QString rateText(double perSecond) { return QLocale().toString(perSecond, 'f', perSecond < 10 ? 1 : 0); }

QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    qsizetype end = most / 4;
    qsizetype begin = most - 1 - end;
    // No half of a surrogate pair.
    begin -= text.at(begin - 1).isHighSurrogate() ? 1 : 0;
    end -= end > 0 && text.at(text.size() - end).isLowSurrogate() ? 1 : 0;
    return text.first(begin) + QChar(0x2026) + text.last(end);
}

} // namespace procession
