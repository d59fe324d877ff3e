// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>

#include <cstdlib>

namespace procession {

/// How long a test of faults runs, and which faults it makes: `--rounds=N` and `--seed=N` on its command line.
struct FaultOptions
{
    int rounds;
    quint32 seed = 1;

    /// Takes the options out of the command line; what is left is Qt Test's.
    void take(int &argc, char **argv)
    {
        int kept = 1;
        for (int i = 1; i < argc; ++i) {
            const QByteArrayView argument(argv[i]);
            if (argument.startsWith("--rounds="))
                rounds = std::atoi(argv[i] + 9);
            else if (argument.startsWith("--seed="))
                seed = static_cast<quint32>(std::strtoul(argv[i] + 7, nullptr, 10));
            else
                argv[kept++] = argv[i];
        }
        if (argc != kept)
            qputenv("QTEST_FUNCTION_TIMEOUT", QByteArrayLiteral("36000000")); // milliseconds: who asks for many has time
        argc = kept;
        argv[argc] = nullptr;
    }
};

} // namespace procession
