extension SessionFailure {
    /// Broken framing, commands or order.
    static func violation(
        _ error: WireError, _ configuration: SessionConfiguration
    ) -> SessionFailure {
        if case .frameTooLarge(let announced) = error {
            return SessionFailure(code: .oversize(announced: announced))
        }
        return SessionFailure(
            code: .protocolViolation(error), retry: configuration.adviceAfterViolation)
    }
}

extension SessionConfiguration {
    var adviceAfterViolation: ReconnectAdvice {
        reconnectsAfterViolation ? .reconnect : .stop
    }
}
