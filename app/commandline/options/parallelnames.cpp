// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/options/parallelnames.h>

#include <app/commandline/common/words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <numeric>
#include <vector>

namespace procession {

namespace {

struct ParallelNames
{
    Q_DECLARE_TR_FUNCTIONS(ParallelNames)
};

struct Counterpart
{
    const char *names; // of GNU parallel's options, without dashes
    const char *nearest; // what is nearest here
    const char *advice; // what to do instead
};

const Counterpart Counterparts[] = {
    {"pipe spreadstdin pipe-part pipepart block block-size blocksize block-timeout blocktimeout bt recend recstart regexp regex "
     "remove-rec-sep removerecsep rrs round-robin roundrobin round tee shard bin group-by groupby cat fifo",
        "--arg-file",
        QT_TRANSLATE_NOOP("ParallelNames", "give each line as an input, or split the data into files and give their names")},
    {"L max-lines maxlines l", "-N", QT_TRANSLATE_NOOP("ParallelNames", "it takes that many lines for each command")},
    {"x exit", "-s", QT_TRANSLATE_NOOP("ParallelNames", "a command line that would be longer is refused at once")},
    {"u ungroup latest-line latestline ll", "--line-buffer",
        QT_TRANSLATE_NOOP("ParallelNames", "it prints each line when it is written; the window shows what each task writes")},
    {"link xapply linkinputsource xapplyinputsource", ":::+",
        QT_TRANSLATE_NOOP("ParallelNames", "a source after :::+ goes line by line with the one before it")},
    {"S sshlogin sshloginfile slf sshlogin-file M controlmaster ssh transfer transfer-file transferfile transfer-files "
     "transferfiles tf "
     "return trc cleanup basefile bf onall nonall filter-hosts filterhosts filter-host rsync-opts rsyncopts hgrp hostgrp "
     "hostgroup hostgroups "
     "ssh-delay sshdelay",
        "--jobs", QT_TRANSLATE_NOOP("ParallelNames", "tasks run on this machine")},
    {"I i replace U extensionreplace er basenamereplace bnr dirnamereplace dnr basenameextensionreplace bner seqreplace "
     "slotreplace rpl "
     "parens plus",
        "{}", QT_TRANSLATE_NOOP("ParallelNames", "the replacement strings are {} {.} {/} {//} {/.} {#} {%} {1} {name}")},
    {"process-slot-var processslotvar", "{%}", QT_TRANSLATE_NOOP("ParallelNames", "{%} is the number of the worker")},
    {"noswap memsuspend", "--memfree", QT_TRANSLATE_NOOP("ParallelNames", "it holds back tasks while memory is short")},
    {"limit", "--load", QT_TRANSLATE_NOOP("ParallelNames", "it holds back tasks while the machine is busy")},
    {"term-seq termseq", "--kill-grace", QT_TRANSLATE_NOOP("ParallelNames", "a task gets SIGTERM, and SIGKILL after that time")},
    {"retry-failed retryfailed", "--resume-failed", QT_TRANSLATE_NOOP("ParallelNames", "it runs again what failed")},
    {"files output-as-files outputasfiles tmpdir tempdir compress compress-program use-compress-program usecompressprogram "
     "compressprogram "
     "decompress-program use-decompress-program usedecompressprogram decompressprogram",
        "--results", QT_TRANSLATE_NOOP("ParallelNames", "it keeps what each task prints in files")},
    {"tmux tmux-pane tmuxpane fg bg", "procession",
        QT_TRANSLATE_NOOP("ParallelNames", "the window shows every task while it runs")},
    {"v t verbose p interactive shell-quote shellquote shell_quote", "--dry-run",
        QT_TRANSLATE_NOOP("ParallelNames", "it prints the commands")},
    {"color colour color-failed colour-failed colorfailed colourfailed color-fail colour-fail cf ctag ctag-string ctagstring",
        "--tag", QT_TRANSLATE_NOOP("ParallelNames", "it tells the tasks apart by a text")},
    {"sql sql-master sqlmaster sql-worker sqlworker sql-and-worker sqlandworker", "--store",
        QT_TRANSLATE_NOOP("ParallelNames", "every job is recorded in an SQLite database")},
    {"semaphore semaphore-timeout semaphoretimeout st semaphore-name semaphorename id wait", "--jobs",
        QT_TRANSLATE_NOOP("ParallelNames", "it says how many tasks run at a time")},
    {"arg-sep argsep arg-file-sep argfilesep",
        ":::", QT_TRANSLATE_NOOP("ParallelNames", "inputs follow ::: and names of files ::::")},
    {"trim", "--colsep", QT_TRANSLATE_NOOP("ParallelNames", "it cuts off white space around columns")},
    {"skip-first-line skipfirstline", "--header", QT_TRANSLATE_NOOP("ParallelNames", "the first line names the columns")},
    {"e eof E filter", "--arg-file", QT_TRANSLATE_NOOP("ParallelNames", "cut the inputs before, with grep or sed")},
    {"total-jobs totaljobs total", "--bar",
        QT_TRANSLATE_NOOP("ParallelNames", "all inputs are read first, so it knows their number")},
    {"number-of-cpus numberofcpus number-of-sockets numberofsockets number-of-cores numberofcores number-of-threads "
     "numberofthreads "
     "use-sockets-instead-of-threads usesocketsinsteadofthreads use-cores-instead-of-threads usecoresinsteadofthreads "
     "use-cpus-instead-of-cores usecpusinsteadofcores show-limits showlimits max-line-length-allowed maxlinelengthallowed",
        "--jobs", QT_TRANSLATE_NOOP("ParallelNames", "the CPUs that this program may use count; nproc prints their number")},
    {"J profile session record-env recordenv embed shebang hashbang template tmpl", "--env",
        QT_TRANSLATE_NOOP("ParallelNames", "a shell alias or script keeps options; the commands get the environment as it is")},
    {"o open-tty tty", "--arg-file",
        QT_TRANSLATE_NOOP("ParallelNames", "tasks read /dev/null; give them their input by a file name")},
    {"min-version minversion bibtex citation bug tollef debug D unsafe", "--version", ""},
};

QHash<QString, const Counterpart *> counterparts()
{
    QHash<QString, const Counterpart *> table;
    for (const Counterpart &counterpart : Counterparts) {
        for (const QString &name : QString::fromLatin1(counterpart.names).split(QLatin1Char(' ')))
            table.insert(name, &counterpart);
    }
    return table;
}

// Levenshtein's distance.
int typingErrors(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0]++;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto column = static_cast<std::size_t>(j);
            const int replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[column + 1];
            row[column + 1] = std::min({replaced, diagonal + 1, row[column] + 1});
        }
    }
    return row.back();
}

} // namespace

QString dashed(const QString &name) { return (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + shownWord(name); }

QString nearestName(const QString &name, const QStringList &known)
{
    QString nearest;
    int fewest = name.size() < 4 ? 2 : static_cast<int>(std::max<qsizetype>(2, name.size() / 3)) + 1; // more is no typing error
    for (const QString &candidate : known) {
        int errors = candidate.size() > 1 && name.size() > 1 ? typingErrors(name, candidate) : fewest;
        if (name.size() > 1 && candidate.size() > name.size() && candidate.startsWith(name))
            errors = 0;
        if (errors < fewest) {
            fewest = errors;
            nearest = candidate;
        }
    }
    return nearest;
}

QString adviceOn(const QString &name, const QStringList &known)
{
    if (const Counterpart *counterpart = counterparts().value(name)) {
        const QString option = ParallelNames::tr("%1 is an option of GNU parallel that is not there; the nearest is %2")
                                   .arg(dashed(name), QString::fromLatin1(counterpart->nearest));
        const QString advice = QCoreApplication::translate("ParallelNames", counterpart->advice);
        return *counterpart->advice == '\0' ? option : ParallelNames::tr("%1: %2").arg(option, advice);
    }
    const QString nearest = nearestName(name, known);
    if (!nearest.isEmpty())
        return ParallelNames::tr("%1 is no option; did you mean %2?").arg(dashed(name), dashed(nearest));
    return ParallelNames::tr("%1 is no option; \"procession run --help\" lists them").arg(dashed(name));
}

} // namespace procession
