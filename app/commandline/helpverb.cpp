// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/verbs.h>

#include <app/commandline/attach/attachhelp.h>
#include <app/commandline/common/console.h>
#include <app/commandline/common/words.h>
#include <app/commandline/jobs/jobshelp.h>
#include <app/commandline/run/runhelp.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct Help
{
    Q_DECLARE_TR_FUNCTIONS(Help)
};

} // namespace

int helpVerb(const QStringList &words)
{
    const QString subject = words.value(0);
    if (subject == QLatin1StringView("run")) {
        print(runHelp());
    } else if (subject == QLatin1StringView("jobs")) {
        print(jobsHelp());
    } else if (subject == QLatin1StringView("attach")) {
        print(attachHelp());
    } else if (subject.isEmpty()) {
        print(Help::tr("Usage: procession                opens the window\n"
                       "       procession run …          runs a command for many inputs: procession help run\n"
                       "       procession jobs …         shows what ran, and runs it again: procession help jobs\n"
                       "       procession attach …       watches a program: procession help attach\n"
                       "       procession help [VERB]    shows this, or the help of a verb\n"
                       "       procession version        shows the version\n"));
    } else {
        throw UsageError(
            Help::tr("help: there is no verb \"%1\"; the verbs are run, jobs, attach, help and version").arg(shownWord(subject)));
    }
    return 0;
}

} // namespace procession
