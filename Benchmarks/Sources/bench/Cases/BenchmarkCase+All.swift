extension BenchmarkCase {
    /// Every case, in the order of the tables.
    static let all: [BenchmarkCase] =
        Transport.allCases.map(throughput) + Transport.allCases.map(dealerThroughput)
        + [multipart(.tcp)]
        + Transport.allCases.map(roundTrip) + Transport.allCases.map(dealerRoundTrip)
        + [
            fanOut(.tcp), filteredFanOut(.tcp), subscriptions(.tcp), fanIn(.tcp), router(.tcp),
            ioThreads(.tcp), connectRate, connections, heartbeats,
        ]

    /// The message sizes of a full run, in bytes.
    static let sizes = [8, 64, 256, 1024, 4096, 16384, 65536, 1 << 20]
}
