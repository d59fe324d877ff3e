// SPDX-License-Identifier: MIT
// What a process can end with.
#include <procession/procession.h>

#include <cstdlib>
#include <iostream>
#include <stdexcept>

using namespace procession;

void succeed() { }
void fail() { throw std::runtime_error("no such luck"); } // is written to stderr
void leave() { std::exit(3); }
void crash() { std::abort(); }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    for (void (*function)() : {&succeed, &fail, &leave, &crash}) {
        Process p(function);
        p.start();
        p.join();
        std::cout << p.name().toStdString() << ": " << p.exitCode().value() << '\n';
    }
}
