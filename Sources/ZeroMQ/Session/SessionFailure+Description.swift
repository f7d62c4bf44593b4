extension SessionFailure: CustomStringConvertible {
    /// The failure in words, for events and logs; what a peer wrote is escaped.
    var description: String {
        switch code {
        case .notZMTP: "the peer does not speak ZMTP"
        case .unsupportedVersion(let major): "the peer speaks ZMTP \(major), which is too old"
        case .mechanismMismatch(let ours, let theirs):
            "the peer's mechanism is \(theirs), ours is \(ours)"
        case .protocolViolation(let error): "the peer broke the protocol: \(error)"
        case .invalidMetadata(let error): "the peer's metadata is not acceptable: \(error)"
        case .incompatibleSocketType(let name):
            "the peer is a \(EscapedText.make(name, limit: 40)), which this socket does not talk to"
        case .peerError(let reason): "the peer refused: \(EscapedText.make(reason, limit: 255))"
        case .handshakeTimeout: "the handshake took too long"
        case .heartbeatTimeout: "no answer to a heartbeat"
        case .ttlExpired: "silent for longer than the peer itself had announced"
        case .oversize(let announced): "a frame of \(announced) bytes is over the limit"
        }
    }
}
