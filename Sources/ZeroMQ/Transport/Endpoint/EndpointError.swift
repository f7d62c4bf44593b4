/// Why an endpoint cannot be used; known at the call that names it.
struct EndpointError: Error, Hashable, Sendable {
    enum Code: UInt8, Sendable {
        /// The text is not an endpoint, or not one for this purpose.
        case invalid
        /// The transport is a known one that this library, or this platform, does not have.
        case unsupported
        /// Somebody else listens there.
        case addressInUse
        /// There is no such interface, address or directory on this machine.
        case addressNotAvailable
        /// The system forbids it.
        case denied
        /// The system failed in some other way.
        case system
    }

    let code: Code
    /// What is wrong with which endpoint, in one line.
    let reason: String

    /// - Parameter endpoint: shown escaped, and shortened if it is very long.
    init(_ code: Code, _ endpoint: some Sequence<UInt8>, _ reason: String) {
        self.code = code
        self.reason = "'\(EscapedText.make(endpoint, limit: 160))': \(reason)"
    }

    init(_ code: Code, _ endpoint: Endpoint, _ reason: String) {
        self.init(code, endpoint.description.utf8, reason)
    }
}

extension EndpointError: CustomStringConvertible {
    var description: String { reason }
}
