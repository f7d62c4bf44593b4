/// Runs cases: every contender in turn, round after round, so that a change of the machine's mood
/// meets all of them.
struct Runner {
    private let cases: [BenchmarkCase]
    private let schedule: Schedule
    private let sharesContext: Bool
    private let watchdog = Watchdog()
    private var progress = Progress()
    private var roundsLeft: Int
    private var calibrationsLeft: Int

    init(_ cases: [BenchmarkCase], schedule: Schedule, sharesContext: Bool) {
        self.cases = cases
        self.schedule = schedule
        self.sharesContext = sharesContext
        roundsLeft = cases.reduce(0) {
            $0 + $1.sizes.count * $1.contenders.count * schedule.rounds
        }
        calibrationsLeft = cases.reduce(0) { sum, item in
            sum + item.sizes.count * item.contenders.reduce(0) { $0 + $1.ways.count }
        }
    }

    mutating func run() -> [CaseResult] {
        var results: [CaseResult] = []
        for item in cases {
            for size in item.sizes { results.append(run(item, size: size)) }
        }
        progress.clear()
        return results
    }

    private mutating func run(_ item: BenchmarkCase, size: Int) -> CaseResult {
        var failures: [Side: String] = [:]
        var plans: [(side: Side, calibration: Calibration)] = []
        for contender in item.contenders {
            do {
                plans.append((contender.side, try calibrate(contender, item, size)))
            } catch {
                failures[contender.side] = "\(error)"
                roundsLeft -= schedule.rounds
            }
            calibrationsLeft -= contender.ways.count
        }
        let seconds = schedule.roundSeconds(
            roundsLeft: roundsLeft, calibrationsLeft: calibrationsLeft)
        var figures: [Side: [Double]] = [:]
        for number in 1...schedule.rounds {
            for (side, calibration) in plans {
                show(item, size, "round \(number)/\(schedule.rounds) \(side.title)")
                do {
                    let round = round(item, size, calibration.count(lasting: seconds))
                    let spent = try run(calibration.way, round, name: item.name, side: side)
                    figures[side, default: []].append(
                        item.unit.value(count: round.count, seconds: spent))
                } catch {
                    failures[side] = "\(error)"
                }
                roundsLeft -= 1
            }
        }
        return result(item, size, figures, plans, failures)
    }

    private mutating func calibrate(
        _ contender: Contender, _ item: BenchmarkCase, _ size: Int
    ) throws -> Calibration {
        show(item, size, "calibrating \(contender.side.title)")
        return try watchdog.guarding("\(item.name) \(size) \(contender.side.title)", seconds: 30) {
            try Calibration.of(contender) { round(item, size, $0) }
        }
    }

    private func run(
        _ way: Contender.Way, _ round: Round, name: String, side: Side
    ) throws -> Double {
        let limit = 20 + 20 * schedule.longestRound
        return try watchdog.guarding("\(name) \(round.size) \(side.title)", seconds: limit) {
            try way.run(round)
        }
    }

    private func round(_ item: BenchmarkCase, _ size: Int, _ count: Int) -> Round {
        Round(transport: item.transport, size: size, count: count, sharesContext: sharesContext)
    }

    private mutating func show(_ item: BenchmarkCase, _ size: Int, _ step: String) {
        progress.show(
            "\(item.name) \(size) B", step: step,
            remaining: schedule.remaining(
                roundsLeft: roundsLeft, calibrationsLeft: calibrationsLeft))
    }

    private func result(
        _ item: BenchmarkCase, _ size: Int, _ figures: [Side: [Double]],
        _ plans: [(side: Side, calibration: Calibration)], _ failures: [Side: String]
    ) -> CaseResult {
        let choices = item.contenders.filter { $0.ways.count > 1 }.map(\.side)
        let ways = plans.filter { choices.contains($0.side) }
            .map { ($0.side, $0.calibration.way.name) }
        return CaseResult(
            name: item.name, size: size, unit: item.unit,
            statistics: figures.compactMapValues(Statistics.init),
            ways: Dictionary(ways, uniquingKeysWith: { first, _ in first }), failures: failures)
    }
}
