import CBenchSupport

/// Runs cases: every contender in turn, round after round, so that a change of the machine's mood
/// meets all of them.
struct Runner {
    private let cases: [BenchmarkCase]
    private let schedule: Schedule
    private let watchdog: Watchdog
    private let rows = RowLog()
    private var progress = Progress()
    private var work: Work

    private typealias Plan = (side: Side, calibration: Calibration)

    /// - Parameter beforeGivingUp: is told what there is when a round does not end.
    init(
        _ cases: [BenchmarkCase], schedule: Schedule,
        beforeGivingUp: @escaping @Sendable ([Row]) -> Void
    ) {
        watchdog = Watchdog { [rows] in beforeGivingUp(rows.all) }
        self.cases = cases
        self.schedule = schedule
        work = Work(cases, rounds: schedule.rounds)
    }

    mutating func run() -> [Row] {
        for item in cases {
            for point in item.points { rows.add(run(item, at: point)) }
        }
        progress.clear()
        return rows.all
    }

    private mutating func run(_ item: BenchmarkCase, at point: Int) -> [Row] {
        var results = PointResults(item, at: point)
        let rounds = item.rounds(of: schedule.rounds)
        var plans: [Plan] = []
        for contender in item.contenders {
            do {
                let calibration = try calibrate(contender, item, point)
                plans.append((contender.side, calibration))
                if contender.ways.count > 1 { results.ways[contender.side] = calibration.way.name }
            } catch {
                results.failures[contender.side] = "\(error)"
                for _ in 0..<rounds { work.remove(roundOf: item) }
            }
            work.remove(calibrationOf: contender, item)
        }
        let seconds = schedule.roundSeconds(work)
        for number in 1...rounds {
            for (side, calibration) in plans {
                show(item, point, "round \(number)/\(rounds) \(side.title)")
                do {
                    results.add(try run(calibration, seconds, item, point, side), of: side)
                } catch {
                    results.failures[side] = "\(error)"
                }
                work.remove(roundOf: item)
            }
        }
        return results.rows
    }

    private mutating func calibrate(
        _ contender: Contender, _ item: BenchmarkCase, _ point: Int
    ) throws -> Calibration {
        if !item.isTimed, let way = contender.ways.first {
            return Calibration(way: way, perSecond: 1)
        }
        show(item, point, "calibrating \(contender.side.title)")
        let what = "\(item.name) \(item.axis.text(point)) \(contender.side.title)"
        return try watchdog.guarding(what, seconds: 60) {
            try Calibration.of(contender, item.load(at: point))
        }
    }

    private func run(
        _ calibration: Calibration, _ seconds: Double, _ item: BenchmarkCase, _ point: Int,
        _ side: Side
    ) throws -> Measurement {
        let load = item.load(at: point)
        let round = Round(load, count: calibration.count(lasting: seconds, of: load))
        let limit = 60 + 20 * schedule.longestRound + 2 * item.fixedSeconds
        let what = "\(item.name) \(item.axis.text(point)) \(side.title)"
        return try watchdog.guarding(what, seconds: limit) {
            let before = bench_cpu_seconds()
            var measurement = try calibration.way.run(round)
            // Where setting up takes much of a round the loop has looked by itself.
            if item.metrics.contains(.cpu), measurement.values[.cpu] == nil {
                let spent = bench_cpu_seconds() - before
                measurement.values[.cpu] = spent / Double(round.received) * 1e6
            }
            return measurement
        }
    }

    private mutating func show(_ item: BenchmarkCase, _ point: Int, _ step: String) {
        progress.show(
            "\(item.name) \(item.axis.text(point))", step: step, done: schedule.progress(work),
            remaining: schedule.remaining(work))
    }
}
