/// One connection's life on the wire: greeting, handshake, traffic, closed.
///
/// Pure: bytes, times and timer events go in, actions come out, and the outcome does not depend on
/// how the input is cut. Nothing of the input is kept; what could not be used yet is given again.
struct Session: ~Copyable {
    let configuration: SessionConfiguration
    private let handshakeDeadline: Instant?
    private var state = SessionState.greeting

    /// - Parameter now: from here the handshake timeout runs: when connecting began, or the accept.
    init(_ configuration: SessionConfiguration, now: Instant) {
        self.configuration = configuration
        handshakeDeadline = configuration.handshakeTimeout.map { now.advanced(by: $0) }
    }

    // MARK: Bytes

    /// The greeting, to be written at once when the stream is connected.
    ///
    /// It goes out whole and first: libzmq waits for the eleventh byte before it sends its own.
    mutating func start() -> [UInt8] {
        Greeting.encode(
            mechanism: configuration.mechanism, routingIDSize: configuration.routingID.count)
    }

    /// Takes one step over the input that was not consumed so far.
    ///
    /// Call it again, with the input advanced, until it returns `needMore` or `fail`.
    mutating func advance(_ input: UnsafeRawBufferPointer, now: Instant) -> SessionStep {
        state.advance(input, configuration, now: now)
    }

    /// Bytes the unconsumed input must reach before a step after `needMore` can do more than fail.
    ///
    /// Never more than the limits of what is buffered whole: greeting, commands, topics, frames up
    /// to `largeFrameThreshold`. Larger bodies are announced instead.
    var inputNeeded: Int { state.inputNeeded }

    /// Ends a `largeBody`: the driver has all of it. Returns the messages this completes, 0 or 1.
    mutating func finishLargeBody() -> Int {
        state.withTraffic { $0.finishLargeBody() } ?? 0
    }

    /// Whether input that was not consumed begins a message for the application.
    func beginsMessage(_ input: UnsafeRawBufferPointer) -> Bool {
        guard configuration.receivesMessages, !input.isEmpty else { return false }
        let flags = FrameFlags(rawValue: input[0])
        if flags.contains(.command) || !flags.isDisjoint(with: .reserved) { return false }
        guard configuration.consumesSubscriptions, !flags.contains(.more),
            let header = FrameHeader.decode(input), input.count > header.headerSize
        else { return true }
        return input[header.headerSize] > 1
    }

    /// Whether the handshake is over and the connection not closed.
    var isEstablished: Bool { state.minorVersion != nil }

    /// Appends a subscription or its cancellation, in the form this peer understands.
    ///
    /// A command for ZMTP 3.1, a message of 1 or 0 and the topic for 3.0. Not before the handshake
    /// is over: what the peer understands is not known then, so nothing is appended.
    func encodeSubscription(
        _ topic: UnsafeRawBufferPointer, subscribe: Bool, into output: inout [UInt8]
    ) {
        guard let minorVersion = state.minorVersion else { return }
        if minorVersion == 0 {
            FrameHeader.append(flags: [], length: topic.count + 1, to: &output)
            output.append(subscribe ? 1 : 0)
        } else {
            let name = subscribe ? CommandName.subscribe : .cancel
            let length = topic.count + 1 + name.rawValue.utf8.count
            FrameHeader.append(flags: .command, length: length, to: &output)
            Command.append(name, to: &output)
        }
        output.append(contentsOf: topic)
    }

    // MARK: Time

    /// When `timerFired(now:)` is to be called next; `nil` for never. Any call may change it.
    var deadline: Instant? { state.deadline(handshake: handshakeDeadline) }

    /// What has become due: `none`, `send` or `fail`. Calling it early does no harm.
    mutating func timerFired(now: Instant) -> SessionAction {
        state.timerFired(configuration, handshake: handshakeDeadline, now: now)
    }

    /// To be called once for every receive that brought something: any byte is a sign of life.
    mutating func bytesArrived(now: Instant) {
        _ = state.withTraffic { $0.heartbeat.bytesArrived(now: now) }
    }

    /// Our own back-pressure: while reading is paused, silence is not held against the peer.
    mutating func readingPaused(_ paused: Bool, now: Instant) {
        _ = state.withTraffic { $0.heartbeat.readingPaused(paused, now: now) }
    }
}
