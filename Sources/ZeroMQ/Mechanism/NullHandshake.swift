/// NULL (RFC 23, 37): each side sends READY at once and waits for the other's.
///
/// It has one state, so it is asked at most once for something that is not READY or ERROR.
struct NullHandshake {
    func begin(metadata: [MetadataProperty]) -> [UInt8] {
        Command.ready(metadata).frame()
    }

    func received(_ command: CommandBody, limits: WireLimits) -> HandshakeStep {
        switch command.knownName {
        case .ready:
            do {
                return .finished(try Metadata.parse(command.data, limits: limits), send: [])
            } catch {
                return .invalidMetadata(error)
            }
        case .error:
            guard case .error(let reason)? = try? Command.parse(command, limits: limits) else {
                return .violation(.malformedCommand(.error))
            }
            return .refused(reason: reason)
        default:
            return .violation(.unexpectedCommand(name: Array(command.name)))
        }
    }
}
