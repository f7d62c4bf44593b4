/// Something to measure, at some points of an axis, by several contenders.
struct BenchmarkCase: Sendable {
    let name: String
    let summary: String
    let axis: Axis
    var points: [Int]
    /// Those of a quick run.
    let quickPoints: [Int]
    let metrics: [Metric]
    var load: Load
    var contenders: [Contender]
    /// Seconds that opening and closing the sockets of a round take.
    var overhead = 0.012
    /// Whether the number of messages is chosen so that a round lasts some time; otherwise a round
    /// is as long as it is.
    var isTimed = true
    /// The most rounds that are worth their time; nil for no limit.
    var mostRounds: Int?

    func load(at point: Int) -> Load {
        var load = load
        load.set(axis, to: point)
        return load
    }

    /// Open files that the process has at a point, as the most thirsty of the contenders uses them.
    func descriptors(at point: Int) -> Int {
        switch axis {
        case .peers: 3 * point + 200
        case .connections: point + 200
        case .bytes, .subscriptions, .threads: 200
        }
    }

    /// What a round costs beside its timed part.
    var fixedSeconds: Double { overhead + load.idleSeconds }
}
