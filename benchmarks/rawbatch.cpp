// SPDX-License-Identifier: MIT
// The raw limit of a batch: starts `true 1` … `true N`, W at a time, catches both streams through pipes and reaps. Nothing else:
// no template, no records, no timeouts, no process groups. Usage: rawbatch N W
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

extern char **environ;

namespace {

struct Worker
{
    pid_t pid = 0;
    std::array<int, 2> streams{-1, -1};
    std::string output;
};

[[noreturn]] void fail(const char *what, int number)
{
    std::fprintf(stderr, "rawbatch: %s: %s\n", what, std::strerror(number));
    std::exit(1);
}

void start(Worker &worker, int number)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    std::array<int, 2> ends{};
    for (int stream = 0; stream < 2; ++stream) {
        std::array<int, 2> pipe{};
        if (pipe2(pipe.data(), O_CLOEXEC) != 0)
            fail("pipe2", errno);
        worker.streams[static_cast<std::size_t>(stream)] = pipe[0];
        ends[static_cast<std::size_t>(stream)] = pipe[1];
        posix_spawn_file_actions_adddup2(&actions, pipe[1], stream + 1);
    }
    std::string name = "true";
    std::string argument = std::to_string(number);
    std::array<char *, 3> arguments{name.data(), argument.data(), nullptr};
    const int error = posix_spawnp(&worker.pid, "true", &actions, nullptr, arguments.data(), environ);
    if (error != 0)
        fail("posix_spawnp", error);
    posix_spawn_file_actions_destroy(&actions);
    for (const int end : ends)
        close(end);
}

/// Reads what is there; at the end of the stream closes it.
void readStream(Worker &worker, int &stream)
{
    std::array<char, 65536> buffer;
    const ssize_t count = read(stream, buffer.data(), buffer.size());
    if (count < 0 && errno != EINTR)
        fail("read", errno);
    if (count > 0) {
        worker.output.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
        close(stream);
        stream = -1;
    }
}

bool hasEnded(Worker &worker)
{
    if (worker.streams[0] >= 0 || worker.streams[1] >= 0)
        return false;
    int status = 0;
    if (waitpid(worker.pid, &status, 0) != worker.pid)
        fail("waitpid", errno);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail("true", 0);
    worker = Worker();
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fputs("usage: rawbatch TASKS WORKERS\n", stderr);
        return 2;
    }
    const int tasks = std::atoi(argv[1]);
    std::vector<Worker> workers(static_cast<std::size_t>(std::atoi(argv[2])));
    int started = 0;
    int ended = 0;
    std::vector<pollfd> polled;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    while (ended < tasks) {
        polled.clear();
        places.clear();
        for (std::size_t w = 0; w < workers.size(); ++w) {
            if (workers[w].pid == 0 && started < tasks)
                start(workers[w], ++started);
            for (std::size_t s = 0; s < 2; ++s) {
                if (workers[w].streams[s] >= 0) {
                    polled.push_back({workers[w].streams[s], POLLIN, 0});
                    places.emplace_back(w, s);
                }
            }
        }
        if (poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR)
            fail("poll", errno);
        for (std::size_t i = 0; i < polled.size(); ++i) {
            Worker &worker = workers[places[i].first];
            if (polled[i].revents != 0)
                readStream(worker, worker.streams[places[i].second]);
        }
        for (Worker &worker : workers) {
            if (worker.pid != 0 && hasEnded(worker))
                ++ended;
        }
    }
    return 0;
}
