// SPDX-License-Identifier: MIT
// The squares of some numbers, by five processes.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

int f(int x) { return x * x; }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    Pool p(5);
    for (const int square : p.map(&f, QList{1, 2, 3}))
        std::cout << square << '\n';
}
