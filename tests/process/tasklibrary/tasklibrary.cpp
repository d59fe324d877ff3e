// SPDX-License-Identifier: MIT
// A plug-in: it is loaded while the program runs, and its functions run in other processes too.
#include "tasklibrary.h"

using namespace procession;

namespace {

void answerFromLibrary(const Connection &answer) { answer.send(QStringLiteral("from the library")); }

} // namespace

extern "C" Q_DECL_EXPORT std::unique_ptr<Process> makeProcess(StartMethod method, const Connection &answer)
{
    ProcessOptions options;
    options.context = context(method);
    return std::make_unique<Process>(options, &answerFromLibrary, answer);
}
