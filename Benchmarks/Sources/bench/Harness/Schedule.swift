/// How long a round may last, so that the whole run keeps within its time.
struct Schedule: Sendable {
    /// The longest a round's timed part lasts, in seconds.
    let longestRound: Double
    /// Seconds for the whole run; nil when it may last as long as it takes.
    let budget: Double?
    let rounds: Int
    private let clock = Stopwatch()

    /// A round costs its margins and the opening and closing of sockets besides its timed part.
    private static let roundFactor = 1.25
    private static let roundOverhead = 0.012
    private static let calibrationCost = 0.08

    static func full(rounds: Int?) -> Schedule {
        Schedule(longestRound: 0.7, budget: nil, rounds: rounds ?? 5)
    }

    /// Three rounds of at most 0.2 s, shortened so that everything ends within 50 s.
    static func quick(rounds: Int?) -> Schedule {
        Schedule(longestRound: 0.2, budget: 50, rounds: rounds ?? 3)
    }

    /// Seconds a round should last with this many rounds and calibrations still to be run.
    func roundSeconds(roundsLeft: Int, calibrationsLeft: Int) -> Double {
        guard let budget, roundsLeft > 0 else { return longestRound }
        let left = budget - clock.seconds - Double(calibrationsLeft) * Self.calibrationCost
        let each = (left / Double(roundsLeft) - Self.roundOverhead) / Self.roundFactor
        return min(max(each, 0.02), longestRound)
    }

    /// Seconds until the end, by the same reckoning.
    func remaining(roundsLeft: Int, calibrationsLeft: Int) -> Double {
        let round = roundSeconds(roundsLeft: roundsLeft, calibrationsLeft: calibrationsLeft)
        return Double(roundsLeft) * (round * Self.roundFactor + Self.roundOverhead)
            + Double(calibrationsLeft) * Self.calibrationCost
    }
}
