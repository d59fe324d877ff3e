// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/common/icons.h>

namespace procession {

void setUpIcons()
{
    QIcon::setFallbackSearchPaths(QIcon::fallbackSearchPaths() << QStringLiteral(":/icons"));
    // Fallbacks are looked for only where there is a theme, if only the empty one that all others stand on.
    if (QIcon::themeName().isEmpty())
        QIcon::setThemeName(plainIconTheme());
}

QString plainIconTheme() { return QStringLiteral("hicolor"); }

QIcon themedIcon(const char *name) { return QIcon::fromTheme(QString::fromLatin1(name)); }

} // namespace procession
