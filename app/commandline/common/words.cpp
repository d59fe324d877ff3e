// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/words.h>

#include <procession/text/displaytext.h>

namespace procession {

QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLatin1(argv[i]));
    return words;
}

QString shownWord(const QString &word) { return displayText(toBytes(word)); }

} // namespace procession
