import Synchronization
import WinSDK

/// An I/O thread over the completion port of Windows, with the books of what it holds.
final class World: Sendable {
    let ledger = Ledger()
    let poller: IOCPPoller<WindowsPort>
    let thread: IOThread

    init() throws(IOError) {
        let ledger = ledger
        var configuration = IOCPConfiguration()
        configuration.trace = { ledger.note($0) }
        poller = IOCPPoller(port: try WindowsPort(), configuration)
        thread = IOThread(name: "io", poller: poller)
        try thread.start()
    }

    /// Runs `body` on the I/O thread and waits for it; false when it did not come to its end.
    @discardableResult
    func run(_ body: @escaping @Sendable (World) -> Void) -> Bool {
        let done = Latch(1)
        let isTaken = thread.post {
            body(self)
            done.arrive()
        }
        return isTaken && done.wait()
    }

    /// What the poller holds, as the I/O thread sees it.
    func held() -> (entries: Int, operations: Int) {
        let (entries, operations) = (Latch(-1), Latch(-1))
        run { world in
            entries.set(world.poller.entryCount)
            operations.set(world.poller.pool.pending)
        }
        return (entries.count, operations.count)
    }

    /// The number of handles this process has open.
    static func handles() -> Int {
        var count: DWORD = 0
        _ = GetProcessHandleCount(GetCurrentProcess(), &count)
        return Int(count)
    }
}
