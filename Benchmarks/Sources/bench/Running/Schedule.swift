/// How long a round may last, so that the whole run keeps within its time.
struct Schedule: Sendable {
    let name: String
    /// The longest a round's timed part lasts, in seconds.
    let longestRound: Double
    /// Seconds for the whole run.
    let budget: Double
    let rounds: Int
    /// Seconds for which idle connections are watched.
    let idleSeconds: Double
    private let clock = Stopwatch()

    /// A round costs its margins besides its timed part.
    private static let roundFactor = 1.25
    /// In less the queues of a connection decide what is measured.
    private static let shortestRound = 0.08

    private init(
        _ name: String, longestRound: Double, budget: Double, rounds: Int, idleSeconds: Double
    ) {
        self.name = name
        self.longestRound = longestRound
        self.budget = budget
        self.rounds = rounds
        self.idleSeconds = idleSeconds
    }

    /// Three rounds of at most 0.2 s, shortened so that everything ends within a minute.
    static func quick(rounds: Int?) -> Schedule {
        Schedule("quick", longestRound: 0.2, budget: 48, rounds: rounds ?? 3, idleSeconds: 1)
    }

    static func standard(rounds: Int?) -> Schedule {
        Schedule("standard", longestRound: 0.7, budget: 540, rounds: rounds ?? 3, idleSeconds: 4)
    }

    /// Five rounds, within half an hour.
    static func full(rounds: Int?) -> Schedule {
        Schedule("full", longestRound: 0.7, budget: 1500, rounds: rounds ?? 5, idleSeconds: 6)
    }

    /// Seconds a round should last with this work still to be done.
    func roundSeconds(_ work: Work) -> Double {
        guard work.timedRounds > 0 else { return longestRound }
        let left = budget - clock.seconds - work.fixedSeconds
        let each = left / Double(work.timedRounds) / Self.roundFactor
        return min(max(each, Self.shortestRound), longestRound)
    }

    /// Seconds until the end, by the same reckoning.
    func remaining(_ work: Work) -> Double {
        Double(work.timedRounds) * roundSeconds(work) * Self.roundFactor + work.fixedSeconds
    }

    /// The share of the run that is behind.
    func progress(_ work: Work) -> Double {
        let spent = clock.seconds
        return spent / max(spent + remaining(work), 1e-3)
    }
}
