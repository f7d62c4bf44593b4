/// The way a contender is run and how many messages it manages in a second.
struct Calibration {
    let way: Contender.Way
    let perSecond: Double

    /// Long enough to be past connection set-up, short enough to be had for every contender.
    static let seconds = 0.02

    /// The number of messages that take about `seconds`.
    func count(lasting seconds: Double, of load: Load) -> Int {
        max(load.leastCount, Int(min(perSecond * seconds, 1e10)))
    }

    /// Runs every way of `contender` with a growing number of messages and keeps the fastest.
    static func of(_ contender: Contender, _ load: Load) throws -> Calibration {
        var best: Calibration?
        // Where there is a choice, one lucky probe must not decide it.
        let probes = contender.ways.count > 1 ? contender.ways + contender.ways : contender.ways
        for way in probes {
            let perSecond = try rate(of: way, load)
            if perSecond > best?.perSecond ?? 0 {
                best = Calibration(way: way, perSecond: perSecond)
            }
        }
        guard let best else { throw BenchmarkError("nothing was measured") }
        return best
    }

    private static func rate(of way: Contender.Way, _ load: Load) throws -> Double {
        // 8 MiB, or 100 messages of it: a few milliseconds for every contender.
        var count = max(100, min(1000, (8 << 20) / max(1, load.size)))
        if load.size >= 1 << 20 { count = 20 }
        while true {
            let round = Round(load, count: count)
            let seconds = try way.run(round).seconds
            guard seconds < Self.seconds, round.count < 1 << 30 else {
                return Double(round.count) / seconds
            }
            let factor = Self.seconds * 1.2 / max(seconds, 1e-6)
            count = Int(Double(round.count) * min(max(factor, 2), 20))
        }
    }
}
