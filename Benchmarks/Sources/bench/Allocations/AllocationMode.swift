import CAllocationCounter

/// Counts the allocations a stream of messages costs once it flows.
enum AllocationMode {
    private static let counted = 1_000_000
    /// What waiting costs; one allocation a message would be twenty times as much.
    private static let most = 0.05
    private static let apis: [(name: String, run: @Sendable (Round) throws -> AllocationCount)] = [
        ("blocking", BlockingAllocations.run), ("async", AsyncAllocations.run),
    ]

    static func run() throws {
        guard allocation_counter_works() else {
            throw BenchmarkError("allocations can be counted with the GNU C library only")
        }
        allocation_counter_switch(true)
        print("allocations per message, tcp, PUSH to PULL, \(counted) messages of a steady stream")
        var table = TextTable([
            ("api", .left), ("bytes", .right), ("sending thread", .right),
            ("receiving thread", .right), ("all threads", .right), ("calls in all", .right),
        ])
        let watchdog = Watchdog()
        var tooMany: [String] = []
        for size in [8, 64] {
            var load = Load(.tcp)
            load.size = size
            let round = Round(load, count: counted)
            for (api, run) in apis {
                let count = try watchdog.guarding("allocations, \(api) \(size)", seconds: 60) {
                    try run(round)
                }
                table.add(row(api, size, count))
                if Double(count.total ?? .max) > most * Double(counted) { tooMany.append(api) }
            }
        }
        print(table.text)
        guard tooMany.isEmpty else {
            throw BenchmarkError("more than \(most) allocations a message: \(tooMany)")
        }
    }

    private static func row(_ api: String, _ size: Int, _ count: AllocationCount) -> [String] {
        let perMessage = [count.sending, count.receiving, count.total].map { calls in
            calls.map { NumberText.fixed(Double($0) / Double(counted), decimals: 6) } ?? "-"
        }
        return [api, String(size)] + perMessage + [count.total.map(String.init) ?? "-"]
    }
}
