extension BenchmarkCase {
    /// Every case, in the order of the table.
    static let all: [BenchmarkCase] =
        Transport.allCases.map(throughput) + Transport.allCases.map(roundTrip)
}
