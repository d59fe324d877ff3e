// SPDX-License-Identifier: MIT
// Worker processes take tasks from one queue and put results into another, until a message asks them to stop.
#include <procession/procession.h>

#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <iostream>
#include <memory>
#include <set>
#include <vector>

using namespace procession;

struct Task
{
    enum Function : quint8 { Multiply, Add, Stop } function = Stop;
    int a = 0;
    int b = 0;
};

struct Result
{
    Task task;
    int value = 0;
    qint64 worker = 0;
};

int mul(int a, int b)
{
    QThread::msleep(QRandomGenerator::global()->bounded(50));
    return a * b;
}

int plus(int a, int b)
{
    QThread::msleep(QRandomGenerator::global()->bounded(50));
    return a + b;
}

void worker(const Queue<Task> &input, const Queue<Result> &output)
{
    for (Task task = input.get(); task.function != Task::Stop; task = input.get()) {
        const int value = task.function == Task::Multiply ? mul(task.a, task.b) : plus(task.a, task.b);
        output.put({task, value, currentProcess().pid()});
    }
}

/// Results come in any order; they are printed in the order of their values, so that the output is always the same.
void printResults(const Queue<Result> &queue, int count)
{
    std::set<std::string> lines;
    for (int i = 0; i < count; ++i) {
        const Result result = queue.get();
        const char *name = result.task.function == Task::Multiply ? "mul" : "plus";
        lines.insert(QStringLiteral("\t%1(%2, %3) = %4")
                         .arg(QLatin1String(name))
                         .arg(result.task.a, 2)
                         .arg(result.task.b)
                         .arg(result.value)
                         .toStdString());
    }
    for (const std::string &line : lines)
        std::cout << line << '\n';
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    constexpr int NumberOfProcesses = 4;
    const Queue<Task> taskQueue;
    const Queue<Result> doneQueue;

    for (int i = 0; i < 20; ++i)
        taskQueue.put({Task::Multiply, i, 7});

    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < NumberOfProcesses; ++i) {
        processes.push_back(std::make_unique<Process>(&worker, taskQueue, doneQueue));
        processes.back()->start();
    }

    std::cout << "Results:\n";
    printResults(doneQueue, 20);

    // More tasks can be put at any time.
    for (int i = 0; i < 10; ++i)
        taskQueue.put({Task::Add, i, 8});
    printResults(doneQueue, 10);

    for (int i = 0; i < NumberOfProcesses; ++i)
        taskQueue.put({});
    for (const auto &process : processes)
        process->join();
}
