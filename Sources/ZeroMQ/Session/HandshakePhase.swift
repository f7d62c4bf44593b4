/// A connection between its greeting and its traffic: feeds whole commands to the mechanism.
struct HandshakePhase: ~Copyable {
    private var handshake: Handshake
    let minorVersion: UInt8
    /// Bytes the input must reach before a step after `needMore` can do anything.
    private(set) var inputNeeded = FrameHeader.shortSize

    /// - Parameter send: set to the frame to write at once, if any.
    init(_ greeting: Greeting, _ configuration: SessionConfiguration, send: inout [UInt8]) {
        handshake = Handshake(configuration.mechanism)
        minorVersion = greeting.effectiveMinor
        send = handshake.begin(metadata: configuration.handshakeMetadata)
    }

    mutating func advance(
        _ input: UnsafeRawBufferPointer, _ configuration: SessionConfiguration
    ) -> SessionStep {
        do {
            switch try HandshakeInput.locate(input, configuration) {
            case .needMore(let count):
                inputNeeded = count
                return .needMore
            case .command(let command, let size):
                inputNeeded = FrameHeader.shortSize
                return SessionStep(perform(command, configuration), consumed: size)
            }
        } catch {
            return SessionStep(.fail(.violation(error, configuration)), consumed: 0)
        }
    }

    private mutating func perform(
        _ command: CommandBody, _ configuration: SessionConfiguration
    ) -> SessionAction {
        switch handshake.received(command, limits: configuration.limits) {
        case .proceed(let bytes):
            return bytes.isEmpty ? .none : .send(bytes)
        case .refused(let reason):
            return .fail(SessionFailure(code: .peerError(reason: reason), retry: .stop))
        case .violation(let error):
            return .fail(.violation(error, configuration))
        case .invalidMetadata(let error):
            return .fail(
                SessionFailure(
                    code: .invalidMetadata(error), retry: configuration.adviceAfterViolation))
        case .finished(let metadata, let bytes):
            do throws(SessionFailure) {
                let peer = try PeerDescription(
                    metadata: metadata, minorVersion: minorVersion, configuration: configuration,
                    handshake: handshake)
                return .established(peer, send: bytes)
            } catch {
                return .fail(error)
            }
        }
    }
}
