// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/storekeeping.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/homefolders.h>
#include <app/commandline/common/words.h>
#include <procession/job/store/jobstore.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/diskspace.h>
#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>

#include <algorithm>

namespace procession {

namespace {

using namespace std::chrono_literals;

struct StoreKeeping
{
    Q_DECLARE_TR_FUNCTIONS(StoreKeeping)
};

constexpr qint64 DefaultSize = qint64(10) * 1024 * 1024 * 1024;
constexpr qint64 PartOfDisk = 10;
constexpr auto DefaultAge = 90 * 24h;
constexpr auto PruneInterval = 24h;

OutputRule parsed(const QByteArray &text, const QString &setting)
{
    try {
        return OutputRule::parse(text);
    } catch (const ProcessError &error) {
        throw UsageError(StoreKeeping::tr("%1: %2").arg(setting, errorText(error)));
    }
}

/// Whether the store was last looked through, or made, so long ago.
bool isDue(const QString &store, const QString &marker, std::chrono::seconds interval)
{
    const QFileInfo file(marker);
    const QDateTime last = file.exists() ? file.lastModified() : QFileInfo(store).birthTime();
    return !last.isValid() || last.secsTo(QDateTime::currentDateTime()) > interval.count();
}

void touch(const QString &marker)
{
    QFile file(marker);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write("When output was last looked through; see procession jobs prune.\n");
}

QString ruleText(const OutputRule &rule)
{
    const QString size
        = rule.size < 0 ? StoreKeeping::tr("any number of bytes") : StoreKeeping::tr("at most %1").arg(sizeText(rule.size));
    return rule.age.count() == 0 ? size : StoreKeeping::tr("%1, for %2").arg(size, durationText(rule.age.count() * 1000));
}

} // namespace

OutputRule storeRule(const QString &storePath)
{
    if (const QByteArray wanted = qgetenv("PROCESSION_KEEP_OUTPUT"); !wanted.isEmpty())
        return parsed(wanted, QStringLiteral("PROCESSION_KEEP_OUTPUT"));
    const QString file = configHome() + QStringLiteral("/procession/workbench.ini");
    if (QFile::exists(file)) {
        const QSettings settings(file, QSettings::IniFormat);
        // A comma makes a list of it.
        const QString text = settings.value(QStringLiteral("store/keepOutput")).toStringList().join(QLatin1Char(','));
        if (!text.isEmpty())
            return parsed(text.toLatin1(), file + QStringLiteral(": store/keepOutput"));
    }
    const qint64 disk = diskSpace(QFile::encodeName(QFileInfo(storePath).path())).total;
    return {disk == 0 ? DefaultSize : std::min(DefaultSize, disk / PartOfDisk), DefaultAge};
}

void keepOutput(const QString &path, qint64 job, const std::optional<OutputRule> &own)
{
    const QString storePath = QFileInfo(path).canonicalFilePath(); // its files are named after it
    const QString files = storePath + QStringLiteral("-output");
    const QString marker = storePath + QStringLiteral("-pruned");
    const bool isLarge = !QDir(files + QStringLiteral("/%1").arg(job)).isEmpty();
    const bool isToBeTrimmed = own && own->size >= 0;
    const bool due = isDue(storePath, marker, PruneInterval);
    if (!due && !isLarge && !isToBeTrimmed)
        return;
    JobStore store(storePath);
    if (isToBeTrimmed)
        store.trimOutput(job, own->size);
    const OutputRule rule = storeRule(storePath);
    const bool fits = rule.size < 0 || QFileInfo(storePath).size() + diskUse(QFile::encodeName(files)) <= rule.size;
    if (!due && fits)
        return;
    const HeldOutput held = store.pruneOutput(rule);
    touch(marker);
    if (held.prunedJobs > 0)
        printError(heldOutputText(held, rule, false).simplified());
}

QString heldOutputText(const HeldOutput &held, const OutputRule &rule, bool dryRun)
{
    QString text;
    if (held.prunedJobs > 0) {
        const int jobs = static_cast<int>(held.prunedJobs);
        const QString size = sizeText(held.prunedBytes);
        text = dryRun ? StoreKeeping::tr("The stored output of %n jobs would be removed: %1.", nullptr, jobs).arg(size)
                      : StoreKeeping::tr("The stored output of %n jobs was removed: %1.", nullptr, jobs).arg(size);
        text += QLatin1Char('\n');
    }
    return text
        + StoreKeeping::tr("Output of %n jobs is kept: %1 (%2).", nullptr, static_cast<int>(held.jobs))
              .arg(sizeText(held.bytes), ruleText(rule))
        + QLatin1Char('\n');
}

} // namespace procession
