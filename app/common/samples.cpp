// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/common/samples.h>

#include <procession/process/functions/tasklibrary.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>

namespace procession {
namespace {

struct Samples
{
    Q_DECLARE_TR_FUNCTIONS(procession::Samples)
};

BatchDraft makeDraft(const QString &name, const char *command, const InputSource &source)
{
    BatchDraft draft;
    draft.name = name;
    draft.command = QString::fromLatin1(command);
    draft.sources = {source};
    draft.job.workers = std::max(2, QThread::idealThreadCount());
    return draft;
}

InputSource headers(const QString &folder)
{
    return {.kind = InputSource::Kind::Folder, .folder = folder, .pattern = QStringLiteral("*.h"), .recursive = true};
}

SampleBatch checksums()
{
    return {{Samples::tr("Checksums of header files"), Samples::tr("sha256sum of every file in /usr/include/linux")},
        makeDraft(Samples::tr("Checksums"), "sha256sum {}", headers(QStringLiteral("/usr/include/linux")))};
}

SampleBatch compressedSizes()
{
    return {{Samples::tr("How small do they get?"), Samples::tr("Compresses every system header and counts the bytes")},
        makeDraft(Samples::tr("Compressed sizes"), "gzip -9c {} | wc -c", headers(QStringLiteral("/usr/include")))};
}

/// Where the sample library of tasks is there.
std::optional<SampleBatch> functionCalls()
{
    const QByteArrayList libraries = TaskLibrary::available();
    for (const QByteArray &library : libraries) {
        if (TaskLibrary::nameOf(library) != "imagetasks")
            continue;
        BatchDraft draft = makeDraft(Samples::tr("Checksums by a function"), "", headers(QStringLiteral("/usr/include/linux")));
        draft.kind = BatchDraft::Kind::Function;
        draft.library = library;
        draft.function = QStringLiteral("checksum");
        return SampleBatch{{Samples::tr("Checksums by a function"),
                               Samples::tr("The same in C++: calls of a library of tasks, in worker processes that stay")},
            draft};
    }
    return std::nullopt;
}

SampleBatch troubles()
{
    // Every seventh task fails half of the time, so that retrying makes sense, and one hangs until a person kills it.
    constexpr auto Command = "[ {} -eq 13 ] && sleep 3600; sleep $(( {} % 4 + 1 )); "
                             "[ $(( {} % 7 )) -ne 0 ] || [ $(( $(date +%s) % 2 )) -eq 0 ] || "
                             "{ echo \"task {} gives up\" >&2; exit 3; }; echo \"task {} is done\"";
    BatchDraft draft = makeDraft(Samples::tr("Troubles"), Command, {.kind = InputSource::Kind::Numbers, .first = 1, .last = 60});
    draft.job.workers = std::max(4, QThread::idealThreadCount());
    return {{Samples::tr("Slow, failing and hanging tasks"),
                Samples::tr("Try to kill the one that hangs, and to retry the failed ones")},
        draft};
}

} // namespace

std::vector<SampleBatch> sampleBatches()
{
    std::vector<SampleBatch> samples{checksums(), compressedSizes(), troubles()};
    if (auto calls = functionCalls())
        samples.insert(samples.begin() + 1, std::move(*calls));
    return samples;
}

BatchDraft checksumsOfAllHeaders()
{
    return makeDraft(Samples::tr("Checksums"), "sha256sum {}", headers(QStringLiteral("/usr/include")));
}

} // namespace procession
