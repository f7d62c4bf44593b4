extension ZeroMQError {
    /// A failed system call, in terms of the interface.
    init(_ error: IOError, endpoint: String?) {
        let code: Code =
            switch error.kind {
            case .addressInUse: .addressInUse
            case .addressNotAvailable: .addressNotAvailable
            case .denied: .permissionDenied
            case .exhausted: .limitReached
            case .unsupported: .unsupported
            case .closed: .closed
            case .cancelled: .cancelled
            case .timedOut: .timedOut
            default: .system
            }
        self.init(code, "\(error.operation.name): \(error.kind.text)", endpoint: endpoint)
        systemCode = error.code
    }

    /// The system refuses the poller that was asked for.
    init(_ error: IOError, refusing poller: PollerChoice) {
        self.init(error, endpoint: nil)
        let code = code
        self.init(
            code, "\(poller) was asked for, and this system does not give it: \(error.kind.text)",
            systemCode: error.code)
    }
}
