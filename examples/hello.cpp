// SPDX-License-Identifier: MIT
// A function in a process of its own.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

void f(const std::string &name) { std::cout << "hello " << name << '\n'; }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    Process p(&f, "bob");
    p.start();
    p.join();
}
