// SPDX-License-Identifier: MIT
// A class derived from Process. What run() needs is in properties: they travel to the child, where the object is made anew.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

class Greeter : public Process
{
    Q_OBJECT
    Q_PROPERTY(QString guest MEMBER m_guest)

public:
    Q_INVOKABLE Greeter() = default;
    explicit Greeter(const QString &guest) : m_guest(guest) { }

    void run() override
    {
        std::cout << "hello " << m_guest.toStdString() << " from " << currentProcess().name().toStdString() << '\n';
    }

private:
    QString m_guest;
};

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    Greeter greeter(QStringLiteral("bob"));
    greeter.setName(QStringLiteral("Greeter"));
    greeter.start();
    greeter.join();
}

#include "subclass.moc"
