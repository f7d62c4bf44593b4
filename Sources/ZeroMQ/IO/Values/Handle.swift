/// A kernel object by its number: a file descriptor, or a `SOCKET` or `HANDLE` on Windows.
///
/// A handle does not own what it names. The poller closes the handles it was given as owned; others
/// are closed by `Poller.close(_:)`.
struct Handle: Hashable, Sendable {
    var raw: Int

    @inline(__always)
    init(raw: Int) { self.raw = raw }
}
