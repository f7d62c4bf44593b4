/// Who is measured.
enum Side: String, CaseIterable, Sendable {
    /// This library through its blocking API.
    case ours
    /// This library through its async API.
    case oursAsync
    /// libzmq, through a loop in C.
    case libzmq
    /// The same bytes with no messaging library: the limit.
    case raw

    var title: String {
        switch self {
        case .ours: "ours"
        case .oursAsync: "ours async"
        case .libzmq: "libzmq"
        case .raw: "raw"
        }
    }
}
