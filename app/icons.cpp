// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/icons.h>

namespace procession {

void setUpIcons()
{
    const QString ours = QStringLiteral("procession");
    QIcon::setFallbackThemeName(ours);
    // A platform without a desktop names the empty theme that all others stand on.
    if (QIcon::themeName().isEmpty() || QIcon::themeName() == QLatin1StringView("hicolor"))
        QIcon::setThemeName(ours);
}

QIcon themedIcon(const char *name) { return QIcon::fromTheme(QString::fromLatin1(name)); }

} // namespace procession
