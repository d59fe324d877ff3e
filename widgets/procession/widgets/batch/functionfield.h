// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/process/functions/registeredfunction.h>

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace procession {

/// The fields for a function of a library of tasks: which library, which of its functions, and what that takes.
///
/// It reads no library itself: it is told what there is, and says when a person, or it itself for want of a choice, has chosen something.
class FunctionField : public QWidget
{
    Q_OBJECT

public:
    explicit FunctionField(QWidget *parent = nullptr);

    /// The path of the library; empty for none.
    QByteArray library() const;
    /// Its name; empty for none.
    QString function() const;
    /// changed() is not emitted.
    void setFunction(const QByteArray &library, const QString &function);
    /// Paths of libraries that are offered besides those that are found, as a person has added them.
    const QByteArrayList &addedLibraries() const { return m_added; }
    void setAddedLibraries(const QByteArrayList &paths);

    /// What there is to choose from. Where nothing is chosen, or what the library does not have, the first one is then.
    /// \param libraries  the paths of those that were found
    /// \param functions  of library(); empty when it cannot be read
    void setOffer(const QByteArrayList &libraries, const QList<RegisteredFunction> &functions);

public Q_SLOTS:
    /// A file that a person has picked: it is offered from now on, and chosen.
    void addLibrary(const QString &path);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void pickLibrary();
    void fillLibraries();
    void fillFunctions();
    void showHint();
    void retranslate();

    QComboBox *m_libraryBox;
    QComboBox *m_functionBox;
    QToolButton *m_add;
    QLabel *m_hint;
    QByteArrayList m_found;
    QByteArrayList m_added;
    QByteArray m_library;
    QString m_function;
    QList<RegisteredFunction> m_functions;
};

} // namespace procession
