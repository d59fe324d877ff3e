// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/jobs/jobshelp.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct JobsHelp
{
    Q_DECLARE_TR_FUNCTIONS(JobsHelp)
};

} // namespace

QString jobsHelp()
{
    return JobsHelp::tr(
        "Usage: procession jobs [OPTIONS]                    lists jobs, newest first\n"
        "       procession jobs show ID [OPTIONS]            shows a job and its tasks\n"
        "       procession jobs show ID --task N [OPTIONS]   shows a task, its attempts and their output\n"
        "       procession jobs resume ID [OPTIONS]          runs what is missing of a job\n"
        "       procession jobs retry ID [OPTIONS]           runs what is missing and what failed\n"
        "       procession jobs remove ID…                   deletes jobs with all that is recorded of them\n"
        "       procession jobs prune [OPTIONS]              removes the oldest output, and says what is kept\n"
        "\n"
        "Options:\n"
        "  -n, --limit N    List at most N jobs; 20 if not given.\n"
        "      --task N     The task, from 1.\n"
        "      --output     Print what the task wrote to stdout in its last attempt, byte for byte.\n"
        "      --errors     Print what it wrote to stderr, byte for byte.\n"
        "      --json       Print JSON, with times in UTC.\n"
        "      --keep-output SIZE[,TIME]\n"
        "                   prune: keep at most SIZE of output, and none that is older than TIME, as in 2G,30d; also\n"
        "                   all or none. If not given: PROCESSION_KEEP_OUTPUT, or keepOutput under [store] in\n"
        "                   procession/workbench.ini of the settings, or 10G,90d. It is done once a day by itself.\n"
        "      --dry-run    prune: only say what would be removed.\n"
        "      --store FILE The database; see also PROCESSION_STORE.\n"
        "  -h, --help       Show this help.\n"
        "resume and retry take the options of \"procession run\" that are about output: -k, --tag, --bar, --joblog, ….\n"
        "\n"
        "Examples:\n"
        "  procession jobs\n"
        "  procession jobs show 12 --task 3 --output\n"
        "  procession jobs retry 12 --bar\n");
}

} // namespace procession
