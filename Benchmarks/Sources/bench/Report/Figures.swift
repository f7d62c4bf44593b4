/// What the rounds of one side gave.
struct Figures: Codable, Sendable {
    let median: Double
    /// The quartiles: half of the rounds lie between them.
    let q1: Double
    let q3: Double
    let min: Double
    let max: Double
    let rounds: Int
}
