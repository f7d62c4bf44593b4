/// What is still to be done, as far as it costs time.
struct Work: Sendable {
    /// Rounds whose length is chosen.
    private(set) var timedRounds = 0
    /// Seconds of everything else.
    private(set) var fixedSeconds = 0.0

    private static let calibration = 0.08

    /// All rounds of all cases.
    init(_ cases: [BenchmarkCase], rounds: Int) {
        for item in cases {
            for contender in item.contenders {
                for _ in item.points {
                    change(by: 1, calibrationOf: contender, item)
                    for _ in 0..<item.rounds(of: rounds) { change(by: 1, roundOf: item) }
                }
            }
        }
    }

    mutating func remove(calibrationOf contender: Contender, _ item: BenchmarkCase) {
        change(by: -1, calibrationOf: contender, item)
    }

    mutating func remove(roundOf item: BenchmarkCase) {
        change(by: -1, roundOf: item)
    }

    private mutating func change(
        by sign: Int, calibrationOf contender: Contender, _ item: BenchmarkCase
    ) {
        guard item.isTimed else { return }
        let runs = contender.ways.count > 1 ? 2 * contender.ways.count : 1
        // The number of messages is found in two or three steps.
        let seconds = Double(runs) * (Self.calibration / 2 + 2 * item.overhead)
        fixedSeconds += Double(sign) * seconds
    }

    private mutating func change(by sign: Int, roundOf item: BenchmarkCase) {
        if item.isTimed { timedRounds += sign }
        fixedSeconds += Double(sign) * item.fixedSeconds
    }
}

extension BenchmarkCase {
    func rounds(of rounds: Int) -> Int { min(rounds, mostRounds ?? rounds) }
}
