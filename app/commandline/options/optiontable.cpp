// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/options/optiontable.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

using Group = OptionEntry::Group;

struct Options
{
    Q_DECLARE_TR_FUNCTIONS(Options)
};

QStringList names(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

QList<OptionEntry> inputOptions()
{
    return {
        {Group::Inputs, names("a arg-file argfile"), Options::tr("FILE"),
            Options::tr("Take inputs from the lines of FILE; - is stdin.")},
        {Group::Inputs, names("0 null"), {}, Options::tr("Inputs end with a NUL byte, as after find -print0.")},
        {Group::Inputs, names("d delimiter"), Options::tr("C"),
            Options::tr("Inputs end with the character C instead of a newline; those after ::: are cut there too.")},
        {Group::Inputs, names("C colsep col-sep"), Options::tr("REGEXP"),
            Options::tr("Cut each input into columns: {1}, {2}, ….")},
        {Group::Inputs, names("csv"), {}, Options::tr("Inputs are CSV with quotes.")},
        {Group::Inputs, names("header"), Options::tr(":"),
            Options::tr("The first input of each source names its columns: {name}.")},
        {Group::Inputs, names("r no-run-if-empty norunifempty"), {}, Options::tr("Leave out empty inputs.")},
        {Group::Inputs, names("N max-replace-args maxreplaceargs"), Options::tr("N"),
            Options::tr("Give each command N inputs, {1} to {N}; the word around {} is repeated for each. 0 gives it none.")},
        {Group::Inputs, names("n max-args maxargs"), Options::tr("N"),
            Options::tr("Give each command N inputs; in a word around {} they have spaces between.")},
        {Group::Inputs, names("X"), {},
            Options::tr("Give each command as many inputs as fit, divided among the workers; words as with -N.")},
        {Group::Inputs, names("m"), {}, Options::tr("As -X, with words as with -n.")},
        {Group::Inputs, names("xargs"), {}, Options::tr("As -m, but not divided among the workers.")},
        {Group::Inputs, names("s max-chars maxchars"), Options::tr("N"),
            Options::tr("Make no command line longer than N bytes.")},
        {Group::Inputs, names("shuf"), {}, Options::tr("Run the tasks in a random order.")},
        {Group::Inputs, names("q quote"), {},
            Options::tr("Take each word of the command as it is: the shell gives no meaning to it.")},
    };
}

QList<OptionEntry> runningOptions()
{
    return {
        {Group::Running, names("j jobs P max-procs maxprocs"), Options::tr("N"),
            Options::tr("Run N tasks at a time; also +N, -N or N% of the CPUs. The default is one for each CPU, 0 is as many as "
                        "possible.")},
        {Group::Running, names("function"), Options::tr("LIB:NAME"),
            Options::tr("Call the function NAME of the library of tasks LIB for each input, in place of a command. LIB alone "
                        "lists its functions.")},
        {Group::Running, names("delay"), Options::tr("TIME"), Options::tr("Wait TIME between two starts.")},
        {Group::Running, names("load"), Options::tr("N"),
            Options::tr("Start nothing while the load average is above N, or N% of the CPUs.")},
        {Group::Running, names("memfree"), Options::tr("SIZE"),
            Options::tr("Start nothing while less than SIZE of memory is available.")},
        {Group::Running, names("dry-run dryrun dr"), {}, Options::tr("Print the commands instead of running them.")},
    };
}

QList<OptionEntry> outputOptions()
{
    return {
        {Group::Output, names("k keep-order keeporder"), {}, Options::tr("Print output in the order of the inputs.")},
        {Group::Output, names("line-buffer lb linebuffer line-buffered linebuffered"), {},
            Options::tr("Print each line when it is written, not when its task has ended.")},
        {Group::Output, names("tag"), {}, Options::tr("Begin each line of output with its input and a tab.")},
        {Group::Output, names("tagstring tag-string"), Options::tr("TEXT"),
            Options::tr("Begin each line of output with TEXT, in which {} is replaced.")},
        {Group::Output, names("bar"), {}, Options::tr("Show a progress bar on stderr.")},
        {Group::Output, names("progress"), {}, Options::tr("Show on stderr how many tasks run, are done, and are left.")},
        {Group::Output, names("eta"), {}, Options::tr("Show on stderr how long it will probably take.")},
        {Group::Output, names("results result"), Options::tr("FOLDER"),
            Options::tr("Write what each task prints to files in FOLDER too.")},
        {Group::Output, names("quiet"), {},
            Options::tr("Say nothing on stderr of tasks that could not start or ran out of time.")},
    };
}

QList<OptionEntry> failureOptions()
{
    return {
        {Group::Failures, names("retries"), Options::tr("N"), Options::tr("Try a failing task N times in all.")},
        {Group::Failures, names("retry-delay"), Options::tr("TIME"),
            Options::tr("Wait TIME before the second try, and twice as long before each further one.")},
        {Group::Failures, names("timeout"), Options::tr("TIME"), Options::tr("End a task that runs longer than TIME.")},
        {Group::Failures, names("output-limit"), Options::tr("SIZE"),
            Options::tr("End a task that writes more than SIZE; half of what is free on the disk if not given, 0 is no limit.")},
        {Group::Failures, names("diskfree"), Options::tr("SIZE"),
            Options::tr(
                "End a task whose output would leave less than SIZE free on the disk; a twentieth of the disk, at most 1G, "
                "if not given.")},
        {Group::Failures, names("kill-grace"), Options::tr("TIME"),
            Options::tr("From asking a task to end to killing it; 2 seconds if not given.")},
        {Group::Failures, names("halt halt-on-error haltonerror"), Options::tr("WHEN,WHY"),
            Options::tr("When to give up: now or soon, and fail=N, success=N, done=N or a percentage.")},
    };
}

QList<OptionEntry> recordOptions()
{
    return {
        {Group::Records, names("resume"), {},
            Options::tr("Go on with the newest job of the same command, or with the job log: run what is missing.")},
        {Group::Records, names("resume-failed resumefailed"), {}, Options::tr("As --resume, and run again what failed.")},
        {Group::Records, names("joblog"), Options::tr("FILE"),
            Options::tr("Write a line to FILE for each task that ended; to what is there with +FILE.")},
        {Group::Records, names("name"), Options::tr("TEXT"), Options::tr("What the job is called in lists.")},
        {Group::Records, names("store"), Options::tr("FILE"),
            Options::tr("Record the job in this database; see also PROCESSION_STORE.")},
        {Group::Records, names("no-store"), {}, Options::tr("Record nothing.")},
        {Group::Records, names("keep-output"), Options::tr("SIZE[,TIME]"),
            Options::tr(
                "Once it is printed, keep only the first SIZE bytes of what each task wrote, for TIME; also all or none. See "
                "\"procession jobs prune\".")},
    };
}

QList<OptionEntry> processOptions()
{
    return {
        {Group::Processes, names("workdir wd work-dir"), Options::tr("FOLDER"),
            Options::tr("Run the commands in FOLDER, which is made if it is missing.")},
        {Group::Processes, names("env"), Options::tr("NAME[=VALUE]"),
            Options::tr("Set a variable in the environment of the commands. May be repeated.")},
        {Group::Processes, names("nice"), Options::tr("N"),
            Options::tr("Run the commands N steps nicer than this program, 0 to 19.")},
        {Group::Processes, names("shell"), Options::tr("PATH"),
            Options::tr("The shell for commands that need one; the one that started this if it is a POSIX shell, else $SHELL or "
                        "/bin/sh.")},
        {Group::Processes, names("keep-grandchildren"), {}, Options::tr("Let processes live on that a task leaves behind.")},
    };
}

QList<OptionEntry> otherOptions()
{
    return {
        {Group::Other, names("h help"), {}, Options::tr("Show this help.")},
        {Group::Other, names("V version"), {}, Options::tr("Show the version.")},
        {Group::Silent, names("group"), {}, {}},
        {Group::Silent, names("plain"), {}, {}},
        {Group::Silent, names("gnu"), {}, {}},
        {Group::Silent, names("silent"), {}, {}},
        {Group::Silent, names("will-cite willcite nn no-notice nonotice"), {}, {}},
        {Group::Silent, names("no-keep-order nokeeporder no-k nok"), {}, {}},
    };
}

} // namespace

QList<OptionEntry> optionTable()
{
    return inputOptions() + runningOptions() + outputOptions() + failureOptions() + recordOptions() + processOptions()
        + otherOptions();
}

QString groupTitle(OptionEntry::Group group)
{
    switch (group) {
    case Group::Inputs:
        return Options::tr("Inputs");
    case Group::Running:
        return Options::tr("How tasks run");
    case Group::Output:
        return Options::tr("Output and progress");
    case Group::Failures:
        return Options::tr("When tasks fail");
    case Group::Records:
        return Options::tr("Records, and going on later");
    case Group::Processes:
        return Options::tr("Processes");
    case Group::Other:
        return Options::tr("Other");
    case Group::Silent:
        break;
    }
    return {};
}

} // namespace procession
