/// Who is measured.
enum Side: String, Codable, CaseIterable, Sendable {
    /// This library through its blocking API.
    case ours
    /// This library through its async API, tasks on the global executor.
    case oursAsync
    /// The same with the tasks on the I/O threads.
    case oursIO
    /// The blocking API over io_uring; measured when it is asked for.
    case oursUring
    /// Tasks on the I/O threads, which look for work for a while before they sleep; measured when
    /// it is asked for.
    case oursSpin
    /// libzmq, through a loop in C.
    case libzmq
    /// nng, through a loop in C.
    case nng
    /// The same bytes with no messaging library: a yardstick.
    case raw

    var title: String {
        switch self {
        case .ours: "ours"
        case .oursAsync: "ours async"
        case .oursIO: "ours on I/O thread"
        case .oursUring: "ours, io_uring"
        case .oursSpin: "ours, busyWait"
        case .libzmq: "libzmq"
        case .nng: "nng"
        case .raw: "raw"
        }
    }

    var isOurs: Bool {
        switch self {
        case .ours, .oursAsync, .oursIO, .oursUring, .oursSpin: true
        case .libzmq, .nng, .raw: false
        }
    }

    /// Whether it is measured only when it is named.
    var isOnRequest: Bool { self == .oursUring || self == .oursSpin }
}
