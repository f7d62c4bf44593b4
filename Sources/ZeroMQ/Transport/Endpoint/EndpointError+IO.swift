extension EndpointError {
    /// What the system said about an endpoint.
    init(_ error: IOError, at endpoint: Endpoint) {
        let code: Code =
            switch error.kind {
            case .addressInUse: .addressInUse
            case .addressNotAvailable: .addressNotAvailable
            case .denied: .denied
            case .unsupported: .unsupported
            case .invalid: .invalid
            default: .system
            }
        self.init(code, endpoint, error.description)
    }
}
