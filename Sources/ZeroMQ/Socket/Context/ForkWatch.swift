/// Has a forked child refuse whatever is asked of its parent's sockets.
///
/// Threads stay behind in a fork, and connections become common to both processes: what the child
/// wrote would end up in the middle of its parent's streams. So in the child each half of each
/// socket refuses, by the flag that every message looks at anyway. It costs a message nothing.
///
/// Locks of the two halves may be held by threads that the child has not got: they are broken, and
/// behind them nothing but the refusal is used any more. The locks of sockets are taken before the
/// fork: nobody waits for another lock with one of those held, so it takes a moment at most.
///
/// Not seen: children made without `fork`, by `clone` or `_Fork`. Those of `posix_spawn` need
/// nothing.
final class ForkWatch: @unchecked Sendable {  // everything is guarded by the lock
    static let shared = ForkWatch()

    private let lock = Lock()
    // Alive for as long as they are here: a context keeps its sockets until it unregisters them.
    private var sockets: [ObjectIdentifier: Unmanaged<SocketCore>] = [:]
    /// Made before any fork: whoever makes such things may have stayed behind.
    private let error = ZeroMQError.lostByFork
    private let preflight = SendSide.refusingPreflight

    private init() {
        LeaseFence.prepare()
        System.watchForks(
            prepare: { ForkWatch.shared.prepare() }, parent: { ForkWatch.shared.resume() },
            child: { ForkWatch.shared.lose() })
    }

    func add(_ socket: SocketCore) {
        lock.withLock { sockets[ObjectIdentifier(socket)] = .passUnretained(socket) }
    }

    func remove(_ socket: SocketCore) {
        lock.withLock { _ = sockets.removeValue(forKey: ObjectIdentifier(socket)) }
    }

    // MARK: The fork

    private func prepare() {
        lock.lock()
        for socket in sockets.values { socket._withUnsafeGuaranteedRef { $0.lock.lock() } }
    }

    private func resume() {
        for socket in sockets.values { socket._withUnsafeGuaranteedRef { $0.lock.unlock() } }
        lock.unlock()
    }

    private func lose() {
        for socket in sockets.values {
            socket._withUnsafeGuaranteedRef {
                $0.sendSide?.lose(byFork: error, preflight)
                $0.receiveSide?.lose(byFork: error)
            }
        }
        resume()
    }
}

extension ZeroMQError {
    static let lostByFork = ZeroMQError(
        .contextLostByFork, "the context belongs to the process that made it")
}

extension SendSide {
    typealias Preflight = @Sendable (UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool

    /// Refuses before anything is done; others take locks that may be held for ever.
    fileprivate static let refusingPreflight: Preflight = { (_) throws(ZeroMQError) in
        throw .lostByFork
    }

    /// Another thread may have been about to change what is replaced: it is not looked at.
    fileprivate func lose(byFork error: ZeroMQError, _ preflight: @escaping Preflight) {
        withUnsafeMutablePointer(to: &refusal) { $0.initialize(to: error) }
        withUnsafeMutablePointer(to: &self.preflight) { $0.initialize(to: preflight) }
        lock.breakAfterFork()
    }
}

extension ReceiveSide {
    fileprivate func lose(byFork error: ZeroMQError) {
        withUnsafeMutablePointer(to: &refusal) { $0.initialize(to: error) }
        lease.breakAfterFork()
        lock.breakAfterFork()
    }
}
