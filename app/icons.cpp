// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/icons.h>

namespace procession {

QIcon themedIcon(const char *name)
{
    const QString text = QString::fromLatin1(name);
    return QIcon::fromTheme(text, QIcon(QStringLiteral(":/icons/%1.svg").arg(text)));
}

} // namespace procession
