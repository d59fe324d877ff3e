// SPDX-License-Identifier: MIT
// How processes are started is chosen once, at the beginning.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

void foo() { std::cout << "hello\n"; }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    setStartMethod(StartMethod::Spawn);

    Process p(&foo);
    p.start();
    p.join();
}
