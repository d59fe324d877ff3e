// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/commandline/common/words.h>
#include <procession/platform/base/processerror.h>
#include <procession/text/errortext.h>

#include <QtCore/QCommandLineParser>

#include <utility>

namespace procession {

/// The options of a command line of `procession run`, and their values as bytes. Errors name the option.
class GivenOptions
{
public:
    /// \throws UsageError for what is no option
    explicit GivenOptions(const QStringList &words);

    bool has(const char *name) const { return m_parser.isSet(QString::fromLatin1(name)); }
    QByteArray value(const char *name) const { return toBytes(m_parser.value(QString::fromLatin1(name))); }
    QByteArrayList values(const char *name) const;
    QStringList rest() const { return m_parser.positionalArguments(); }

    /// The value made into something by `parse`, or `otherwise`. \throws UsageError for what `parse` refuses
    template <typename Parse, typename Value>
    Value parsed(const char *name, Parse &&parse, Value otherwise) const
    {
        if (!has(name))
            return otherwise;
        try {
            return parse(value(name));
        } catch (const ProcessError &error) {
            refuse(name, errorText(error));
        }
    }
    /// \throws UsageError for what is no such number
    int wholeNumber(const char *name, int least, int most, int otherwise) const;

    [[noreturn]] static void refuse(const char *name, const QString &reason);
    [[noreturn]] static void refuse(const char *name, const QByteArray &value, const QString &remedy);

private:
    QCommandLineParser m_parser;
};

} // namespace procession
