// SPDX-License-Identifier: MIT
#include <procession/exitstatus.h>

#include <QtCore/QDebug>

int main() { qInfo() << procession::ExitStatus::exited(3); }
