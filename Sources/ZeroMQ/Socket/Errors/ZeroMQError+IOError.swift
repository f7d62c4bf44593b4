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
}
