import Glibc

/// Loads an echo server, checks every byte and measures: prints one line of JSON.
///
/// `ScaleClient PORT CONNECTIONS MILLISECONDS RATE`: after a warm-up it keeps one message under way
/// on each connection for so long (throughput), then sends RATE messages a second over all of them
/// for as long again (latency, counted from when each was to be sent).
@main enum ScaleClient {
    static func main() {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard numbers.count == 4, let port = UInt16(exactly: numbers[0]) else {
            print("usage: ScaleClient PORT CONNECTIONS MILLISECONDS RATE")
            exit(2)
        }
        let load = Load()
        let time = Int64(numbers[2]) * 1_000_000
        let start = Clock.now()
        let isConnected = load.connect(port: port, count: numbers[1])
        let connectSeconds = Double(Clock.now() - start) / 1e9
        load.saturate(for: time / 4)
        let saturated = load.measure { load.saturate(for: time) }
        let paced = load.measure { load.pace(for: time, rate: max(1, numbers[3])) }
        load.close()
        print(
            """
            {"connected": \(isConnected ? numbers[1] : load.connected), "wrong": \(load.wrong), \
            "lost": \(load.lost), "messages": \(load.messages), \
            "connect_seconds": \(connectSeconds), "saturated": \(saturated.json), "paced": \(paced.json)}
            """)
    }
}
