import Synchronization

@testable import ZeroMQ

/// A poller whose waits are counted, and fail from some moment on.
final class BreakablePoller: Poller {
    private let base: any Poller
    private let isBroken = Atomic(false)
    /// How often somebody wanted to sleep in here.
    let sleeps = Atomic(0)
    /// Called before each wait in which nobody sleeps.
    let onLook = Locked<(@Sendable () -> Void)?>(nil)

    init(_ base: any Poller) { self.base = base }

    /// Ends the wait that is under way, and every other, with an error.
    func breakNow() {
        isBroken.store(true, ordering: .releasing)
        base.wake()
    }

    func wait(until deadline: Instant?, into completions: inout [Completion]) throws(IOError) {
        if deadline != .distantPast {
            sleeps.add(1, ordering: .relaxed)
        } else {
            onLook.withLock { $0 }?()
        }
        if !isBroken.load(ordering: .acquiring) {
            try base.wait(until: deadline, into: &completions)
        }
        if isBroken.load(ordering: .acquiring) { throw IOError(.closed, code: 6, during: .wait) }
    }

    func now() -> Instant { base.now() }
    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle { try base.openListener(address, options) }
    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle { try base.openStream(for: address, options) }
    func tune(_ handle: Handle, _ options: StreamOptions) { base.tune(handle, options) }
    func localAddress(of handle: Handle) -> SocketAddress? { base.localAddress(of: handle) }
    func peerAddress(of handle: Handle) -> SocketAddress? { base.peerAddress(of: handle) }
    func unacknowledgedBytes(of handle: Handle) -> Int { base.unacknowledgedBytes(of: handle) }
    func unreadBytes(of handle: Handle) -> Int? { base.unreadBytes(of: handle) }
    func close(_ handle: Handle) { base.close(handle) }
    func register(
        _ handle: Handle, _ handler: any IOHandler, owned: Bool
    ) throws(IOError) -> EntryID { try base.register(handle, handler, owned: owned) }
    func accept(on entry: EntryID) { base.accept(on: entry) }
    func pauseAccepting(on entry: EntryID) { base.pauseAccepting(on: entry) }
    func connect(_ entry: EntryID, to address: SocketAddress) { base.connect(entry, to: address) }
    func receive(_ entry: EntryID) { base.receive(entry) }
    func send(_ entry: EntryID, _ vectors: UnsafeBufferPointer<IOVector>) {
        base.send(entry, vectors)
    }
    func watch(_ entry: EntryID) { base.watch(entry) }
    func shutdownSend(_ entry: EntryID) { base.shutdownSend(entry) }
    func retire(_ entry: EntryID) { base.retire(entry) }
    func holdsBytes(of entry: EntryID) -> Bool { base.holdsBytes(of: entry) }
    func isLive(_ entry: EntryID) -> Bool { base.isLive(entry) }
    var entryCount: Int { base.entryCount }
    var wholeSendLimit: Int? { base.wholeSendLimit }
    var sendsNow: Bool { base.sendsNow }
    var mayChangeThread: Bool { base.mayChangeThread }
    func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int {
        base.sendNow(handle, vectors)
    }
    func wake() { base.wake() }
    func close(into completions: inout [Completion]) { base.close(into: &completions) }
}
