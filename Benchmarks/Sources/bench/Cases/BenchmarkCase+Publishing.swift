extension BenchmarkCase {
    /// Messages a publisher may be ahead: enough for a stream to flow.
    private static let window = 8192

    /// One PUB, many SUB, all of which want everything.
    static func fanOut(_ transport: Transport) -> BenchmarkCase {
        var load = Load(transport)
        load.window = window
        return BenchmarkCase(
            name: "\(transport.rawValue)-fan-out",
            summary: "messages per second that many SUB receive from one PUB, 64 bytes",
            axis: .peers, points: [1, 10, 100], quickPoints: [10],
            metrics: [.rate, .cpu], load: load,
            contenders: OursContender.fanOut + [LibzmqContender.fanOut], overhead: 0.05)
    }

    /// The same where each of them wants one topic of ten.
    static func filteredFanOut(_ transport: Transport) -> BenchmarkCase {
        var item = fanOut(transport)
        item.load.oneIn = 10
        return BenchmarkCase(
            name: "\(transport.rawValue)-fan-out-filtered",
            summary: "the same where each SUB wants one topic of ten",
            axis: item.axis, points: item.points, quickPoints: item.quickPoints,
            metrics: item.metrics, load: item.load, contenders: item.contenders,
            overhead: item.overhead)
    }

    /// One SUB with very many subscriptions, of which one message in a hundred matches any.
    static func subscriptions(_ transport: Transport) -> BenchmarkCase {
        var load = Load(transport)
        load.window = window
        load.oneIn = 100
        return BenchmarkCase(
            name: "\(transport.rawValue)-subscriptions",
            summary: "messages per second that a PUB can publish to a SUB with so many"
                + " subscriptions, where one message in 100 matches",
            axis: .subscriptions, points: [1000, 100_000], quickPoints: [10_000],
            metrics: [.published], load: load,
            contenders: OursContender.fanOut + [LibzmqContender.fanOut], overhead: 0.4)
    }
}
