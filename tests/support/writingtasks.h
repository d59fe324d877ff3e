// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/pool.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <unistd.h>

/// \file
/// Tasks that write, and pools that do something with that.

/// For a pool.
inline procession::PoolOptions with(
    procession::StartMethod method, int processes, procession::PoolOutput output, procession::PoolOutput error)
{
    procession::PoolOptions options;
    options.processes = processes;
    options.context = procession::Context(method);
    options.standardOutput = output;
    options.standardError = error;
    return options;
}

/// All of it, by the system call.
inline void put(int stream, QByteArrayView text)
{
    while (!text.isEmpty()) {
        const auto written = ::write(stream, text.data(), static_cast<std::size_t>(text.size()));
        if (written < 0)
            ::_exit(3);
        text = text.sliced(written);
    }
}

/// By stdio, iostreams and the system call.
inline void printAllWays(int number)
{
    std::printf("printf %d, ", number);
    std::cout << "cout " << number << ", ";
    std::cout.flush();
    put(STDOUT_FILENO, "write " + QByteArray::number(number));
    std::fprintf(stderr, "error %d", number);
}

/// What that is, in some order.
inline QByteArray printedAllWays(int number) { return QStringLiteral("printf %1, cout %1, write %1").arg(number).toUtf8(); }

inline int printAndReturn(int number)
{
    std::printf("<%d>", number);
    return number;
}

inline void writeMuch(int stream, qint64 bytes)
{
    const QByteArray block(65'536, 'x');
    for (qint64 written = 0; written < bytes; written += block.size())
        put(stream, block);
}

/// Something to stdout too.
inline void writeAndDie(const QByteArray &text)
{
    std::printf("half done");
    std::fflush(stdout);
    put(STDERR_FILENO, text);
    ::raise(SIGKILL);
}

inline void complain(const QByteArray &text) { put(STDERR_FILENO, text + '\n'); }
