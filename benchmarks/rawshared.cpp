// SPDX-License-Identifier: MIT
// The peers of queues and locks that benchmarks/compare runs: Boost's message queue and pthread's mutexes, between processes, none of which
// survives what is killed. Prints the seconds of one operation. Usage:
//     rawshared queue SIZE COUNT           one message of SIZE bytes, of COUNT that go from one process to another
//     rawshared mutex|robust COUNT         lock and unlock of an uncontended mutex
#include <boost/interprocess/ipc/message_queue.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using boost::interprocess::message_queue;

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Removes the queue's name, whatever happens.
struct Name
{
    std::string text = "procession-bench-" + std::to_string(::getpid());
    ~Name() { message_queue::remove(text.c_str()); }
};

void receive(const std::string &name, std::size_t size, int count)
{
    message_queue queue(boost::interprocess::open_only, name.c_str());
    std::vector<char> message(size);
    message_queue::size_type received = 0;
    unsigned priority = 0;
    for (int i = 0; i < count; ++i)
        queue.receive(message.data(), message.size(), received, priority);
}

double throughput(std::size_t size, int count)
{
    const Name name;
    message_queue queue(boost::interprocess::create_only, name.text.c_str(), size > 64 ? 8 : 1000, size);
    const std::vector<char> message(size, 'x');
    const auto begin = Clock::now();
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("fork failed");
    if (child == 0) {
        receive(name.text, size, count);
        ::_exit(0);
    }
    for (int i = 0; i < count; ++i)
        queue.send(message.data(), message.size(), 0);
    int status = 0;
    if (::waitpid(child, &status, 0) != child || status != 0)
        throw std::runtime_error("the receiver failed");
    return secondsSince(begin) / count;
}

double lockAndUnlock(bool isRobust, int count)
{
    void *memory = ::mmap(nullptr, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        throw std::runtime_error("mmap failed");
    auto *mutex = static_cast<pthread_mutex_t *>(memory);
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    if (isRobust)
        ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    ::pthread_mutex_init(mutex, &attributes);
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
        if (::pthread_mutex_lock(mutex) != 0 || ::pthread_mutex_unlock(mutex) != 0)
            throw std::runtime_error("a mutex failed");
    }
    return secondsSince(begin) / count;
}

double measure(const std::vector<std::string> &arguments)
{
    if (arguments.size() == 3 && arguments[0] == "queue")
        return throughput(std::stoul(arguments[1]), std::stoi(arguments[2]));
    if (arguments.size() == 2 && (arguments[0] == "mutex" || arguments[0] == "robust"))
        return lockAndUnlock(arguments[0] == "robust", std::stoi(arguments[1]));
    throw std::runtime_error("usage: rawshared queue SIZE COUNT | mutex|robust COUNT");
}

} // namespace

int main(int argc, char **argv)
{
    try {
        std::printf("%.12f\n", measure({argv + 1, argv + argc}));
    } catch (const std::exception &error) {
        std::fprintf(stderr, "rawshared: %s\n", error.what());
        return 1;
    }
    return 0;
}
