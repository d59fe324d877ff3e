// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/texttable.h>

#include <app/commandline/common/cellwidth.h>

#include <algorithm>

namespace procession {

QString aligned(const QList<QStringList> &rows, const QList<int> &right)
{
    QList<int> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], cellWidth(row[i]));
    }
    QString text;
    for (const QStringList &row : rows) {
        QStringList cells;
        for (qsizetype i = 0; i < row.size(); ++i)
            cells.append(right.contains(static_cast<int>(i)) ? rightPadded(row[i], widths[i]) : leftPadded(row[i], widths[i]));
        QString line = cells.join(QStringLiteral("  "));
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += line + QLatin1Char('\n');
    }
    return text;
}

} // namespace procession
