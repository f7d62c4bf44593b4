/// A transport that is measured, with the endpoint both libraries bind.
enum Transport: String, CaseIterable, Sendable {
    case tcp, ipc, inproc

    /// The endpoint to bind; the other end connects to what the bind resolved it to.
    var endpoint: String {
        switch self {
        case .tcp: "tcp://127.0.0.1:*"
        case .ipc: "ipc://*"
        case .inproc: "inproc://bench"
        }
    }
}
