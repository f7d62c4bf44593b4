@testable import ZeroMQ

/// A simulated poller whose waits fail.
final class BrokenPoller: Poller, @unchecked Sendable {
    // Used by one thread after the other.
    let network: SimulatedNetwork
    private let base: SimulatedPoller

    init(_ network: SimulatedNetwork) {
        self.network = network
        base = SimulatedPoller(network)
    }

    func wait(until deadline: Instant?, into completions: inout [Completion]) throws(IOError) {
        throw IOError(.closed, during: .wait)
    }

    func now() -> Instant { base.now() }
    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle { try base.openListener(address, options) }
    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle { try base.openStream(for: address, options) }
    func tune(_ handle: Handle, _ options: StreamOptions) {}
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
    func isLive(_ entry: EntryID) -> Bool { base.isLive(entry) }
    var entryCount: Int { base.entryCount }
    func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int { 0 }
    func wake() { base.wake() }
    func close(into completions: inout [Completion]) { base.close(into: &completions) }
}
