/// Why the addresses of a host are not known.
struct LookupError: Error, Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// No host has this name, or it has no address of a kind that is asked for.
        case unknownName
        /// The name servers do not answer; later they may.
        case temporary
        /// Out of memory, descriptors or threads; worth another try later.
        case exhausted
        /// The lookup was given up: the resolver has stopped.
        case stopped
        /// There is no lookup of names on this platform.
        case unsupported
        /// Anything else.
        case other
    }

    let kind: Kind
    /// The system's own number (`EAI_...`), 0 where there is none.
    let code: Int32

    init(_ kind: Kind, code: Int32 = 0) {
        self.kind = kind
        self.code = code
    }
}

extension LookupError: CustomStringConvertible {
    var description: String {
        let text: StaticString =
            switch kind {
            case .unknownName: "no such host"
            case .temporary: "the name servers do not answer"
            case .exhausted: "out of resources"
            case .stopped: "stopped"
            case .unsupported: "not supported on this platform"
            case .other: "failed"
            }
        return code == 0 ? "look up: \(text)" : "look up: \(text) (\(code))"
    }
}
