// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchdraft.h>
#include <procession/widgets/batch/startpage.h>

namespace procession {

/// A batch that shows what the workbench does, on files that every Linux development machine has.
struct SampleBatch
{
    StartPage::Sample words;
    BatchDraft draft;
};

/// In the person's language.
std::vector<SampleBatch> sampleBatches();

/// Some thousand small tasks.
BatchDraft checksumsOfAllHeaders();

} // namespace procession
