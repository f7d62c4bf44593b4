/// Who is measured.
enum Side: String, Codable, CaseIterable, Sendable {
    /// This library through its blocking API.
    case ours
    /// This library through its async API, tasks on the global executor.
    case oursAsync
    /// The same with the tasks on the I/O threads.
    case oursIO
    /// libzmq, through a loop in C.
    case libzmq
    /// nng, through a loop in C.
    case nng
    /// The same bytes with no messaging library: the limit.
    case raw

    var title: String {
        switch self {
        case .ours: "ours"
        case .oursAsync: "ours async"
        case .oursIO: "ours on I/O thread"
        case .libzmq: "libzmq"
        case .nng: "nng"
        case .raw: "raw"
        }
    }

    var isOurs: Bool { self == .ours || self == .oursAsync || self == .oursIO }
}
