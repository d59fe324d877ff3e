// SPDX-License-Identifier: MIT
#include <procession/commandexecutor.h>
#include <procession/job.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>

#include <iostream>

using namespace procession;

/// Prints what each task wrote, as soon as it has ended.
class Printer : public JobObserver
{
public:
    void attemptEnded(const Attempt &attempt) override { std::cout << attempt.output.out.bytes.constData() << std::flush; }
    void taskStarted(TaskIndex, const TaskRecord &) override { }
    void taskChanged(TaskIndex, const TaskRecord &) override { }
    void jobStateChanged(JobState) override { }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);

    BatchDefinition definition;
    definition.command = "sha256sum {}";
    definition.inputs = InputTable({InputList(QByteArrayList(argv + 1, argv + argc))});
    const auto batch = std::make_shared<CommandBatch>(definition);

    const QTemporaryDir largeOutput;
    Job job(batch, std::make_unique<CommandExecutor>(batch, largeOutput.path()), JobOptions{.workers = 4},
        {std::make_shared<Printer>()});
    QObject::connect(&job, &Job::finished, &app,
        [&job] { QCoreApplication::exit(job.summary().count(TaskState::Done) == job.summary().total() ? 0 : 1); });
    job.start();
    return app.exec();
}
