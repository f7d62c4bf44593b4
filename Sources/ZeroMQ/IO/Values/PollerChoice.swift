/// Which interface of the system moves the bytes of an I/O thread.
///
/// An open set: compare with `==`, and expect that more are added.
public struct PollerChoice: Hashable, Sendable, CustomStringConvertible {
    enum Kind: UInt8, Sendable {
        case automatic, epoll, ioUring
    }

    let kind: Kind

    /// What has proved best on this system. Where that is refused another one is used without a
    /// word; ``Context/pollerName`` says which.
    public static let automatic = PollerChoice(kind: .automatic)
    /// epoll, on every Linux.
    public static let epoll = PollerChoice(kind: .epoll)
    /// io_uring, on Linux 6.0 and newer.
    ///
    /// Containers and hardened systems often forbid it (seccomp, `kernel.io_uring_disabled`): then
    /// making the context throws.
    public static let ioUring = PollerChoice(kind: .ioUring)

    /// The name of the interface, or "automatic".
    public var description: String {
        switch kind {
        case .automatic: "automatic"
        case .epoll: "epoll"
        case .ioUring: "io_uring"
        }
    }
}
