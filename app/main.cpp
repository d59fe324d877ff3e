// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/verbs.h>
#include <procession/workbench.h>

#include <QtCore/QString>

int main(int argc, char **argv)
{
    using namespace procession;
    if (const Verb verb = argc > 1 ? findVerb(QString::fromLatin1(argv[1])) : nullptr)
        return carryOut(verb, argc, argv);
    return runWorkbench(argc, argv);
}
