extension BenchmarkCase {
    /// Connections that come one after the other and go again.
    static var connectRate: BenchmarkCase {
        var load = Load(.tcp)
        load.handshakesAtOnce = 16
        return BenchmarkCase(
            name: "tcp-connect-rate",
            summary: "connections per second that a ROUTER accepts and shakes hands with, 16 at a"
                + " time, each closed after that",
            axis: .connections, points: [5000], quickPoints: [2000],
            metrics: [.connects], load: load, contenders: ConnectionContender.all,
            overhead: 0.6, isTimed: false)
    }

    /// Connections that come all at once and stay, idle.
    static var connections: BenchmarkCase {
        var load = Load(.tcp)
        load.idleSeconds = 1
        return BenchmarkCase(
            name: "tcp-connections",
            summary: "so many connections to a ROUTER at once: how fast they are made, the memory"
                + " of each, the CPU they use while idle",
            axis: .connections, points: [1000, 10_000], quickPoints: [1000],
            metrics: [.connects, .memory, .idle], load: load,
            contenders: ConnectionContender.all,
            overhead: 1.5, isTimed: false, mostRounds: 3)
    }

    /// The same with a heartbeat every two seconds.
    static var heartbeats: BenchmarkCase {
        var load = Load(.tcp)
        load.idleSeconds = 1
        load.heartbeat = 2000
        return BenchmarkCase(
            name: "tcp-connections-heartbeat",
            summary: "the same with a heartbeat every two seconds on each connection",
            axis: .connections, points: [1000, 10_000], quickPoints: [],
            metrics: [.memory, .idle], load: load,
            contenders: ConnectionContender.withHeartbeats,
            overhead: 1.5, isTimed: false, mostRounds: 3)
    }
}
