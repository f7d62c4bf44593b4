extension BenchmarkCase {
    /// One PUSH, one PULL, as many messages as will go through.
    static func throughput(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-throughput",
            summary: "messages per second from a PUSH to a PULL over \(transport.rawValue)",
            axis: .bytes, points: sizes, quickPoints: [64, 65536],
            metrics: [.rate, .cpu], load: stream(transport),
            contenders: OursContender.pushPull
                + [LibzmqContender.pushPull, NngContender.pushPull, RawContender.throughput])
    }

    /// One DEALER, one ROUTER, in that direction.
    static func dealerThroughput(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-dealer-throughput",
            summary: "messages per second from a DEALER to a ROUTER over \(transport.rawValue)",
            axis: .bytes, points: sizes, quickPoints: transport == .tcp ? [64] : [],
            metrics: [.rate, .cpu], load: stream(transport),
            contenders: OursContender.dealerRouter + [LibzmqContender.dealerRouter])
    }

    /// Messages of four frames, each of the size.
    static func multipart(_ transport: Transport) -> BenchmarkCase {
        var load = stream(transport)
        load.frames = 4
        return BenchmarkCase(
            name: "\(transport.rawValue)-multipart",
            summary: "messages of 4 frames per second from a PUSH to a PULL"
                + " over \(transport.rawValue)",
            axis: .bytes, points: sizes, quickPoints: [64],
            metrics: [.rate, .cpu], load: load,
            contenders: OursContender.pushPull + [LibzmqContender.pushPull])
    }

    private static func stream(_ transport: Transport) -> Load {
        var load = Load(transport)
        load.isStream = true
        return load
    }
}
