extension BenchmarkCase {
    /// Many PUSH, one PULL.
    static func fanIn(_ transport: Transport) -> BenchmarkCase {
        BenchmarkCase(
            name: "\(transport.rawValue)-fan-in",
            summary: "messages per second that one PULL receives from many PUSH, 64 bytes",
            axis: .peers, points: [1, 10, 100], quickPoints: [10],
            metrics: [.rate, .cpu], load: Load(transport),
            contenders: OursContender.fanIn + [LibzmqContender.fanIn, NngContender.pushPull],
            overhead: 0.03)
    }

    /// One ROUTER that answers many DEALERs.
    static func router(_ transport: Transport) -> BenchmarkCase {
        var load = Load(transport)
        load.connectsLater = true
        return BenchmarkCase(
            name: "\(transport.rawValue)-router",
            summary: "requests per second that one ROUTER answers, each DEALER with one under way,"
                + " 64 bytes",
            axis: .peers, points: [10, 100, 1000, 5000], quickPoints: [100],
            metrics: [.rate, .cpu], load: load,
            contenders: OursContender.router + [LibzmqContender.router], overhead: 0.5)
    }

    /// Ten PUSH, one PULL, with more I/O threads in each context.
    static func ioThreads(_ transport: Transport) -> BenchmarkCase {
        var load = Load(transport)
        load.peers = 10
        load.size = 1024
        return BenchmarkCase(
            name: "\(transport.rawValue)-io-threads",
            summary: "messages per second that one PULL receives from ten PUSH, 1024 bytes, with so"
                + " many I/O threads in each context",
            axis: .threads, points: [1, 2], quickPoints: [1, 2],
            metrics: [.rate, .cpu], load: load,
            contenders: OursContender.fanIn + [LibzmqContender.fanIn], overhead: 0.03)
    }
}
