extension BenchmarkCase {
    /// One REQ, one REP, one message under way at a time.
    static func roundTrip(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-round-trip",
            summary: "microseconds from a REQ to a REP and back over \(transport.rawValue)",
            axis: .bytes, points: sizes, quickPoints: [64],
            metrics: [.p50, .p99, .p999], load: Load(transport),
            contenders: OursContender.requestReply
                + [
                    LibzmqContender.requestReply, NngContender.requestReply,
                    RawContender.roundTrip,
                ])
    }

    /// The same from a DEALER to a ROUTER.
    static func dealerRoundTrip(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-dealer-round-trip",
            summary: "microseconds from a DEALER to a ROUTER and back over \(transport.rawValue)",
            axis: .bytes, points: sizes, quickPoints: transport == .tcp ? [64] : [],
            metrics: [.p50, .p99, .p999], load: Load(transport),
            contenders: OursContender.dealerRoundTrip + [LibzmqContender.dealerRoundTrip])
    }
}
