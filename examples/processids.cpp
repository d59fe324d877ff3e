// SPDX-License-Identifier: MIT
// The ids of a process and of its parent.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

void info(const std::string &title)
{
    std::cout << title << '\n';
    std::cout << "process name: " << currentProcess().name().toStdString() << '\n';
    if (const auto parent = parentProcess())
        std::cout << "parent process: " << parent->pid() << '\n';
    std::cout << "process id: " << currentProcess().pid() << '\n';
}

void f(const std::string &name)
{
    info("function f");
    std::cout << "hello " << name << '\n';
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    info("main line");
    Process p(&f, "bob");
    p.start();
    p.join();
}
