extension BenchmarkCase {
    /// One PUSH, one PULL, as many messages as will go through.
    static func throughput(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-throughput",
            summary: "messages per second from a PUSH to a PULL over \(transport.rawValue)",
            unit: .messagesPerSecond, transport: transport,
            sizes: [8, 64, 256, 1024, 4096, 65536],
            contenders: [
                OursContender.throughput, OursContender.asyncThroughput,
                LibzmqContender.throughput, RawContender.throughput,
            ])
    }
}
