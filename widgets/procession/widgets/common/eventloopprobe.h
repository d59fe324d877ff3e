// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QApplication>

#include <chrono>

namespace procession {

/// An application that measures how long its thread is busy with one event, to show that nothing holds up the event loop.
///
/// \code
/// ProbedApplication app(argc, argv);
/// app.resetProbe();
/// …
/// QVERIFY(app.worst().cpu < 50ms);
/// \endcode
///
/// CPU time is what counts: a loaded machine does not lengthen it. An event that is sent while another is handled counts to that one.
class ProbedApplication : public QApplication
{
    Q_OBJECT

public:
    struct Reading
    {
        std::chrono::nanoseconds cpu{0}; ///< the most that one event took
        std::chrono::nanoseconds wall{0}; ///< the most that one event took
        QByteArray event; ///< what took the most CPU time, for instance "Timer of QTimer"
        qint64 events = 0; ///< how many there were
    };

    ProbedApplication(int &argc, char **argv);

    const Reading &worst() const { return m_worst; }
    void resetProbe() { m_worst = {}; }

    bool notify(QObject *receiver, QEvent *event) override;

private:
    void note(std::chrono::nanoseconds cpu, std::chrono::nanoseconds wall, const QMetaObject *receiver, int eventType);

    Reading m_worst;
    int m_depth = 0;
};

} // namespace procession
