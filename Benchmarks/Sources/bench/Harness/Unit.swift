/// What a figure counts, and which direction is good.
enum Unit: String, Sendable {
    case messagesPerSecond = "msg/s"
    case microseconds = "us"

    var higherIsBetter: Bool { self == .messagesPerSecond }

    /// The figure of `count` messages or round trips in `seconds`.
    func value(count: Int, seconds: Double) -> Double {
        switch self {
        case .messagesPerSecond: Double(count) / seconds
        case .microseconds: seconds / Double(count) * 1e6
        }
    }

    /// How many times better `a` is than `b`: above 1 is good for `a` in every unit.
    func ratio(_ a: Double, over b: Double) -> Double {
        higherIsBetter ? a / b : b / a
    }
}
