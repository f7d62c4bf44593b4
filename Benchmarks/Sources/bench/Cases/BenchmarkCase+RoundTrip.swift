extension BenchmarkCase {
    /// One REQ, one REP, one message under way at a time.
    static func roundTrip(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-round-trip",
            summary: "microseconds from a REQ to a REP and back over \(transport.rawValue)",
            unit: .microseconds, transport: transport,
            sizes: [64],
            contenders: [
                OursContender.roundTrip, OursContender.asyncRoundTrip,
                LibzmqContender.roundTrip, RawContender.roundTrip,
            ])
    }
}
