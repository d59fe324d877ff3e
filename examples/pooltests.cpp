// SPDX-License-Identifier: MIT
// Every way to have a pool do something, with exceptions and time-outs.
#include <procession/procession.h>

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <iostream>
#include <ranges>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace procession;
using namespace std::chrono_literals;

//
// What the tasks are
//

struct Task
{
    enum Function : quint8 { Multiply, Add } function = Multiply;
    int a = 0;
    int b = 0;
};

/// Comes back from a worker as itself, since it is registered.
class ZeroDivisionError : public std::domain_error
{
public:
    using std::domain_error::domain_error;
};
const bool isRegistered = registerException<ZeroDivisionError>("ZeroDivisionError");

int mul(int a, int b)
{
    std::this_thread::sleep_for(1ms * QRandomGenerator::global()->bounded(50));
    return a * b;
}

int plus(int a, int b)
{
    std::this_thread::sleep_for(1ms * QRandomGenerator::global()->bounded(50));
    return a + b;
}

std::string calculate(const Task &task)
{
    const bool isProduct = task.function == Task::Multiply;
    const int result = isProduct ? mul(task.a, task.b) : plus(task.a, task.b);
    return currentProcess().name().toStdString() + " says that " + (isProduct ? "mul(" : "plus(") + std::to_string(task.a) + ", "
        + std::to_string(task.b) + ") = " + std::to_string(result);
}

double f(int x)
{
    if (x == 5)
        throw ZeroDivisionError("division by zero");
    return 1.0 / (x - 5.0);
}

//
// What is tried
//

std::vector<Task> tasks()
{
    std::vector<Task> all;
    for (const auto &[function, b] : {std::pair(Task::Multiply, 7), std::pair(Task::Add, 8)}) {
        for (int i = 0; i < 10; ++i)
            all.push_back({function, i, b});
    }
    return all;
}

void tryResults(Pool &pool)
{
    std::vector<AsyncResult<std::string>> results;
    for (const Task &task : tasks())
        results.push_back(pool.applyAsync(&calculate, task));
    auto ordered = pool.imap(&calculate, tasks());
    auto unordered = pool.imapUnordered(&calculate, tasks());

    std::cout << "Ordered results using pool.applyAsync():\n";
    for (const AsyncResult<std::string> &result : results)
        std::cout << "\t " << result.get() << '\n';

    std::cout << "\nOrdered results using pool.imap():\n";
    for (const std::string &result : ordered)
        std::cout << "\t " << result << '\n';

    std::cout << "\nUnordered results using pool.imapUnordered(), sorted here so that the output is always the same:\n";
    std::vector<std::string> all;
    for (const std::string &result : unordered)
        all.push_back(result);
    std::ranges::sort(all, {}, [](const std::string &result) { return result.substr(result.find(" says")); });
    for (const std::string &result : all)
        std::cout << "\t " << result << '\n';

    std::cout << "\nOrdered results using pool.map() --- will block till complete:\n";
    for (const std::string &result : pool.map(&calculate, tasks()))
        std::cout << "\t " << result << '\n';
}

template <typename Action>
void expectZeroDivisionError(const char *where, Action action)
{
    try {
        action();
    } catch (const ZeroDivisionError &) {
        std::cout << "\tGot ZeroDivisionError as expected from " << where << '\n';
        return;
    }
    throw std::logic_error("expected ZeroDivisionError");
}

void tryErrors(Pool &pool)
{
    std::cout << "\nTesting error handling:\n";
    const auto numbers = std::views::iota(0, 10);
    expectZeroDivisionError("pool.apply()", [&] { pool.apply(&f, 5); });
    expectZeroDivisionError("pool.map()", [&] { pool.map(&f, numbers); });
    expectZeroDivisionError("a loop over pool.imap()", [&] {
        for ([[maybe_unused]] const double result : pool.imap(&f, numbers)) { }
    });

    // After an exception the iterator goes on.
    auto results = pool.imap(&f, numbers);
    for (const int i : numbers) {
        if (i == 5)
            expectZeroDivisionError("ResultIterator::next()", [&] { results.next(); });
        else if (results.next() != f(i))
            throw std::logic_error("expected f(" + std::to_string(i) + ")");
    }
}

void tryTimeouts(Pool &pool)
{
    std::cout << "\nTesting AsyncResult::get() with timeout: ";
    const AsyncResult<std::string> result = pool.applyAsync(&calculate, tasks().front());
    for (bool isThere = false; !isThere;) {
        try {
            const std::string text = result.get(20ms);
            std::cout << "\n\t" << text << '\n';
            isThere = true;
        } catch (const TimeoutError &) {
            std::cout << '.' << std::flush;
        }
    }

    std::cout << "\nTesting ResultIterator::next() with timeout: ";
    auto results = pool.imap(&calculate, tasks());
    for (bool isOver = false; !isOver;) {
        try {
            if (const std::optional<std::string> next = results.next(20ms))
                std::cout << "\n\t" << *next << std::flush;
            else
                isOver = true;
        } catch (const TimeoutError &) {
            std::cout << '.' << std::flush;
        }
    }
    std::cout << '\n';
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    constexpr int Processes = 4;
    std::cout << "Creating pool with " << Processes << " processes\n\n";
    Pool pool(Processes);
    tryResults(pool);
    tryErrors(pool);
    tryTimeouts(pool);
}
