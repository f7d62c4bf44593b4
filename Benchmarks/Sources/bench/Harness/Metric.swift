/// What a figure counts, and which direction is good.
enum Metric: String, Codable, CaseIterable, Sendable {
    /// Messages received, or requests answered, in a second.
    case rate
    /// Messages published in a second.
    case published
    /// The time within which half of the round trips end, and the slow rest's.
    case p50, p99, p999
    /// CPU of the whole process, both ends, for a million messages.
    case cpu
    /// Connections made in a second, handshake included.
    case connects
    /// Memory of the process for each idle connection.
    case memory
    /// CPU used while nothing happens, as a share of one core.
    case idle

    var unit: String {
        switch self {
        case .rate, .published: "msg/s"
        case .p50, .p99, .p999: "us"
        case .cpu: "CPU s/M msg"
        case .connects: "conn/s"
        case .memory: "B/conn"
        case .idle: "% of a core"
        }
    }

    /// What the figure is called in tables: empty for the one a case is named after.
    var title: String {
        switch self {
        case .rate, .cpu, .connects, .memory: ""
        case .published: "published"
        case .p50: "p50"
        case .p99: "p99"
        case .p999: "p99.9"
        case .idle: "idle"
        }
    }

    var higherIsBetter: Bool { self == .rate || self == .published || self == .connects }

    /// Whether figures are given in thousands and millions.
    var hasPrefixes: Bool { higherIsBetter }

    /// How many times better `a` is than `b`: above 1 is good for `a` in every unit.
    func ratio(_ a: Double, over b: Double) -> Double {
        higherIsBetter ? a / b : b / a
    }
}
