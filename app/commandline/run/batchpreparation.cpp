// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/batchpreparation.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/words.h>
#include <app/commandline/run/runoptions.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct Preparation
{
    Q_DECLARE_TR_FUNCTIONS(Preparation)
};

PreparedBatch prepareUnrecorded(BatchRequest request, const QString &reason)
{
    if (request.begin != BatchRequest::Begin::New)
        throw UsageError(
            Preparation::tr("no earlier job can be gone on with: %1 Give --store FILE, or --resume with --joblog FILE.")
                .arg(reason));
    printError(unrecordedText(reason));
    request.storePath.clear();
    return BatchRun::prepare(request);
}

} // namespace

bool isUnusable(const JobStoreError &error)
{
    switch (error.reason()) {
    case JobStoreError::Reason::NoAccess:
    case JobStoreError::Reason::DiskFull:
    case JobStoreError::Reason::InputOutput:
    case JobStoreError::Reason::NoLocks:
        return true;
    default:
        return false;
    }
}

QString unrecordedText(const QString &reason)
{
    return Preparation::tr("this job is not recorded: %1 Give --store FILE to record it, or --no-store.").arg(reason);
}

PreparedBatch prepareBatch(BatchRequest request, bool storeIsDefault)
{
    request.mayBeginAtOnce = true;
    if (!storeIsDefault)
        return BatchRun::prepare(request);
    if (request.storePath.isEmpty())
        return prepareUnrecorded(std::move(request), noHomeText());
    try {
        return BatchRun::prepare(request);
    } catch (const JobStoreError &error) {
        if (!isUnusable(error))
            throw;
        return prepareUnrecorded(std::move(request), errorText(error));
    }
}

} // namespace procession
