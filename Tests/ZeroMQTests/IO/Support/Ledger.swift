import Testing

@testable import ZeroMQ

#if canImport(WinSDK)
    import WinSDK
#endif

/// What a poller has lent out and what it holds, to see that everything comes back.
struct Ledger: Equatable, CustomStringConvertible {
    /// Entries, those included whose end is still to be told.
    var entries: Int
    /// Operations the kernel has not given back.
    var operations: Int
    /// Handles of this process, or of the simulated network.
    var handles: Int

    /// Handles of tests before this one may have been closed meanwhile.
    func isBack(to before: Ledger) -> Bool {
        entries == before.entries && operations == before.operations && handles <= before.handles
    }

    var description: String { "\(entries) entries, \(operations) operations, \(handles) handles" }
}

extension TestLoop {
    /// What is there now.
    var ledger: Ledger {
        Ledger(
            entries: poller.entryCount, operations: pendingOperations,
            handles: network?.openHandles ?? System.openHandles())
    }

    private var pendingOperations: Int {
        #if canImport(WinSDK)
            (poller as? IOCPPoller<WindowsPort>)?.pool.pending ?? 0
        #else
            0
        #endif
    }

    /// Runs until everything is back as it was; what is still missing after a while has leaked.
    func expectBack(to before: Ledger, location: SourceLocation = #_sourceLocation) {
        run(location: location) { ledger.isBack(to: before) }
        let now = ledger
        #expect(now.isBack(to: before), "\(now), and before \(before)", sourceLocation: location)
    }
}

extension System {
    /// The number of handles this process has open.
    static func openHandles() -> Int {
        #if canImport(WinSDK)
            var count: DWORD = 0
            _ = GetProcessHandleCount(GetCurrentProcess(), &count)
            return Int(count)
        #else
            openDescriptors()
        #endif
    }
}
