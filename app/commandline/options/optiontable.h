// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace procession {

/// An option of `procession run`.
struct OptionEntry
{
    enum class Group : quint8 { Inputs, Running, Output, Failures, Records, Processes, Other, Silent };

    Group group; ///< Silent ones are taken for the sake of habits and mean what happens anyway
    QStringList names; ///< without dashes, the one to show first
    QString value; ///< what stands for its value in the help; empty when it takes none
    QString description;
};

/// All of them, in the order of the help, in the person's language.
QList<OptionEntry> optionTable();
/// What a group is called in the help.
QString groupTitle(OptionEntry::Group group);

} // namespace procession
