// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchdraft.h>

namespace procession {

/// What is wrong and what to do about it, in the language of the person. Names what was given, the reason and the remedy.
QString text(const DraftProblem &problem);

/// What a batch is called when its author does not say: the program that its command starts, or its function.
QString defaultName(const BatchDraft &draft);

} // namespace procession
