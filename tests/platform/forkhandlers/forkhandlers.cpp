// SPDX-License-Identifier: MIT
// A library that registers a handler for fork() when it is asked to, as GnuTLS and OpenBLAS do when they are loaded.
#include <pthread.h>

namespace {
int calls = 0;
}

extern "C" __attribute__((visibility("default"))) int registerForkHandler()
{
    return pthread_atfork(nullptr, nullptr, [] { ++calls; });
}
extern "C" __attribute__((visibility("default"))) int forkHandlerCalls() { return calls; }
