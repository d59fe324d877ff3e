// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/output/outputrule.h>

#include <QtCore/QString>

#include <optional>

namespace procession {

class JobStore;
struct HeldOutput;

/// How much output the store keeps of all jobs together: $PROCESSION_KEEP_OUTPUT, else `keepOutput` under [store] in the settings, else 10 GiB or
/// a tenth of its disk, whichever is less, for 90 days.
/// \throws UsageError naming the setting that cannot be understood
OutputRule storeRule(const QString &storePath);

/// Prunes output after a job was printed and no program runs it any more: of its own output it keeps what `own` says, and once a day, or
/// after large output, of all jobs' output what storeRule() says. Reports on stderr what it removed of others.
/// \throws JobStoreError, UsageError
void keepOutput(const QString &storePath, qint64 job, const std::optional<OutputRule> &own);

/// What was taken away, what is there, and the rule.
QString heldOutputText(const HeldOutput &held, const OutputRule &rule, bool dryRun);

} // namespace procession
