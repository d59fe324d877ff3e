// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/process/functions/registeredfunction.h>

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace procession {

/// The fields for a function of a library of tasks: the library, the function, and its arguments.
///
/// It reads no library itself: the caller sets what there is, and it emits a signal when a person chooses, or when it chooses by itself
/// because there is one choice.
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
    /// Paths of the libraries that a person has added.
    const QByteArrayList &addedLibraries() const { return m_added; }
    void setAddedLibraries(const QByteArrayList &paths);

    /// Sets the choices. Selects the first one where nothing valid is selected.
    /// \param libraries  the paths of the libraries found
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
