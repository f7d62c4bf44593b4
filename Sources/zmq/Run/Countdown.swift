/// Counts messages down from `--count`; without it, it never ends.
struct Countdown {
    private var remaining: Int?

    init(from count: Int?) {
        remaining = count
    }

    /// Counts one message; true when it was the last.
    mutating func step() -> Bool {
        guard let left = remaining else { return false }
        remaining = left - 1
        return left <= 1
    }
}
