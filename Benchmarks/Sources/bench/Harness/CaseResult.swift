/// What the rounds of one case at one size gave.
struct CaseResult: Sendable {
    let name: String
    let size: Int
    let unit: Unit
    let statistics: [Side: Statistics]
    /// The way each side was used where it had more than one.
    let ways: [Side: String]
    /// Sides that could not be measured, and why.
    let failures: [Side: String]

    func median(_ side: Side) -> Double? {
        statistics[side]?.median
    }

    /// How many times better `a` did than `b`, by medians; nil when one of them is missing.
    func ratio(_ a: Side, over b: Side) -> Double? {
        guard let first = median(a), let second = median(b), first > 0, second > 0 else {
            return nil
        }
        return unit.ratio(first, over: second)
    }
}
