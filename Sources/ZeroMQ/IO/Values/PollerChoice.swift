/// Which interface of the system moves the bytes of an I/O thread.
///
/// An open set: compare with `==`, and expect that more are added.
public struct PollerChoice: Hashable, Sendable, CustomStringConvertible {
    enum Kind: UInt8, Sendable {
        case automatic, epoll, ioUring, ioUringIfPossible
    }

    let kind: Kind

    /// What has proved best on this system: epoll, kqueue or I/O completion ports.
    public static let automatic = PollerChoice(kind: .automatic)
    /// epoll, on every Linux.
    public static let epoll = PollerChoice(kind: .epoll)
    /// io_uring, on Linux 6.0 and newer.
    ///
    /// Containers and hardened systems often forbid it (seccomp, `kernel.io_uring_disabled`): then
    /// making the context throws.
    public static let ioUring = PollerChoice(kind: .ioUring)
    /// io_uring where the system gives it, ``automatic`` elsewhere; ``Context/pollerName`` says
    /// which it is.
    public static let ioUringIfPossible = PollerChoice(kind: .ioUringIfPossible)

    /// The name of the interface, "automatic" or "io_uring if possible".
    public var description: String {
        switch kind {
        case .automatic: "automatic"
        case .epoll: "epoll"
        case .ioUring: "io_uring"
        case .ioUringIfPossible: "io_uring if possible"
        }
    }
}
