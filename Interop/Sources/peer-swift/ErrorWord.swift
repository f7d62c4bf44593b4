import ZeroMQ

extension ZeroMQError {
    /// The code as the other peers call it.
    var word: String {
        switch code {
        case .timedOut: "EAGAIN"
        case .hostUnreachable: "EHOSTUNREACH"
        case .addressInUse: "EADDRINUSE"
        case .addressNotAvailable: "EADDRNOTAVAIL"
        case .invalidEndpoint, .invalidOption, .malformedMessage: "EINVAL"
        case .endpointNotFound: "ENOENT"
        case .unsupported: "ENOTSUP"
        case .wrongState: "EFSM"
        case .terminated: "ETERM"
        default: code.description
        }
    }
}
