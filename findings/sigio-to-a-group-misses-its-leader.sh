#!/bin/sh
# SPDX-License-Identifier: MIT
# A signal that the kernel sends to a process group for a file (fcntl F_SETOWN with a negative number, O_ASYNC) is not received by every
# member while another member leaves the group by setpgid(). kill() with the same negative number misses nobody.
#
# Seen on Linux 6.18.44, x86-64, two processors, gcc 12 (Debian 12): of 2,000 groups, whose pipe breaks while two members leave and
# join the group all the time, some leaders live on. They have the signal SIGKILL set for the pipe (F_SETSIG), and the pipe has no writer.
# With kill(-group, SIGKILL) in place of the broken pipe all leaders die.
#
# fcntl(2) says that the signal goes to the process group, and nothing of members that are left out. A program that must be killed needs
# a file of its own whose owner is the process.
#
# Fails when no leader is missed any more, or when kill() misses one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/groups.c" <<'C'
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A leader of a group, with two members that leave and join it until the leader is gone. */
static void lead(int life, int ready)
{
    if (setpgid(0, 0) || fcntl(life, F_SETSIG, SIGKILL) || fcntl(life, F_SETOWN, -getpid()) || fcntl(life, F_SETFL, O_ASYNC))
        _exit(1);
    const pid_t leader = getpid();
    for (int i = 0; i < 2; ++i) {
        if (fork() == 0) {
            while (getppid() == leader && setpgid(0, 0) == 0 && setpgid(0, leader) == 0) { }
            _exit(0);
        }
    }
    if (write(ready, "r", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

int main(int argc, char **argv)
{
    const int byPipe = argc > 1 && strcmp(argv[1], "pipe") == 0;
    int missed = 0;
    for (int round = 0; round < 2000; ++round) {
        int life[2], ready[2];
        char byte;
        if (pipe2(life, O_CLOEXEC) || pipe2(ready, O_CLOEXEC))
            return 2;
        const pid_t leader = fork();
        if (leader == 0) {
            close(life[1]);
            lead(life[0], ready[1]);
        }
        close(ready[1]);
        if (read(ready[0], &byte, 1) != 1)
            return 2;
        if (byPipe)
            close(life[1]); /* the last writer */
        else
            kill(-leader, SIGKILL);
        const int pidfd = (int)syscall(SYS_pidfd_open, leader, 0);
        struct pollfd end = {pidfd, POLLIN, 0};
        if (poll(&end, 1, 1000) == 0) { /* a second is long for a signal */
            ++missed;
            kill(leader, SIGKILL);
        }
        waitpid(leader, NULL, 0);
        close(pidfd);
        close(life[0]);
        close(ready[0]);
        if (!byPipe)
            close(life[1]);
    }
    printf("%s: %d of 2000 leaders lived on\n", byPipe ? "broken pipe" : "kill()", missed);
    return missed != 0;
}
C
cc -O2 -o "$folder/groups" "$folder/groups.c"
uname -r
"$folder/groups" kill
if "$folder/groups" pipe; then
    echo "changed: a signal for a file reaches every member of a group here" >&2
    exit 1
fi
