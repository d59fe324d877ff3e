// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/verbs.h>
#include <procession/workbench.h>

int main(int argc, char **argv)
{
    using namespace procession;
    if (const Verb verb = findVerb(argc, argv))
        return carryOut(verb, argc, argv);
    return runWorkbench(argc, argv);
}
