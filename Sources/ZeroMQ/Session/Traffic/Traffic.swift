/// A connection after its handshake: messages, commands, heartbeats.
///
/// Large for a value, so its one owner keeps it in a `TrafficBox`.
struct Traffic: ~Copyable {
    /// A frame whose header has been consumed and whose body has not.
    enum Pending {
        case nothing
        /// The driver collects the body.
        case largeBody(FrameHeader)
        /// So many bytes are still to be thrown away.
        case discarding(FrameHeader, remaining: Int)
    }

    let minorVersion: UInt8
    var scanner: FrameScanner
    var pending = Pending.nothing
    var refusals = 0
    var heartbeat: Heartbeat
    var pongs: PongLimiter
    /// Bytes the input must reach before a step after `needMore` can do anything.
    var inputNeeded = FrameHeader.shortSize

    init(minorVersion: UInt8, configuration: SessionConfiguration, now: Instant) {
        self.minorVersion = minorVersion
        scanner = FrameScanner(
            limits: configuration.limits, strictness: configuration.strictness,
            largeFrameThreshold: configuration.largeFrameThreshold)
        heartbeat = Heartbeat(configuration, now: now)
        pongs = PongLimiter(limit: configuration.limits.maxPongsPerSecond)
    }

    mutating func advance(
        _ input: UnsafeRawBufferPointer, _ configuration: SessionConfiguration, now: Instant
    ) -> SessionStep {
        switch pending {
        case .nothing: break
        case .largeBody: return .needMore
        case .discarding(let header, let remaining):
            return discard(header, remaining: remaining, of: input, configuration)
        }
        // Only for sockets that take every message as it is can the scanner run over many frames.
        guard configuration.receivesMessages, !configuration.consumesSubscriptions else {
            return advanceByFrame(input, configuration, now: now)
        }
        let scan = scanner.scan(input)
        if case .large(let header) = scan.stop {
            return announce(header, after: scan.consumed, messages: scan.messages)
        }
        guard scan.consumed == 0 else {
            let action = SessionAction.frames(
                messages: scan.messages, endsMessage: scanner.framesInMessage == 0)
            return SessionStep(action, consumed: scan.consumed)
        }
        return handle(scan.stop, input, configuration, now: now)
    }

    /// Whatever stands at the very front of the input and is not a message frame.
    mutating func handle(
        _ stop: FrameScan.Stop, _ input: UnsafeRawBufferPointer,
        _ configuration: SessionConfiguration, now: Instant
    ) -> SessionStep {
        switch stop {
        case .needMore(let count): wait(for: count)
        case .command(let header): handleCommand(header, input, configuration, now: now)
        case .large(let header): announce(header, after: 0, messages: 0)
        case .violation(let error): fail(error, configuration)
        }
    }

    mutating func wait(for count: Int) -> SessionStep {
        inputNeeded = count
        return .needMore
    }

    func fail(_ error: WireError, _ configuration: SessionConfiguration) -> SessionStep {
        SessionStep(.fail(.violation(error, configuration)), consumed: 0)
    }

    /// Drops something of no use, up to the limit.
    mutating func refuse(
        _ kind: RefusedFrame, consumed: Int, _ configuration: SessionConfiguration
    ) -> SessionStep {
        guard refusals < configuration.limits.maxRefusals else {
            return fail(.tooManyRefusals, configuration)
        }
        refusals += 1
        return SessionStep(.refusedFrame(kind), consumed: consumed)
    }

    // MARK: Large bodies

    mutating func announce(_ header: FrameHeader, after: Int, messages: Int) -> SessionStep {
        pending = .largeBody(header)
        let action = SessionAction.largeBody(
            length: Int(truncatingIfNeeded: header.length), more: header.flags.contains(.more),
            messages: messages)
        return SessionStep(action, consumed: after + header.headerSize)
    }

    mutating func finishLargeBody() -> Int {
        guard case .largeBody(let header) = pending else { return 0 }
        pending = .nothing
        return scanner.take(header)
    }

    // MARK: Time

    var deadline: Instant? {
        Heartbeat.earlier(pongs.deadline, heartbeat.deadline)
    }

    mutating func timerFired(
        _ configuration: SessionConfiguration, now: Instant
    ) -> SessionAction {
        var output: [UInt8] = []
        switch heartbeat.timerFired(now: now) {
        case .nothing: break
        case .dead(let code): return .fail(SessionFailure(code: code))
        case .ping:
            let ttl = Heartbeat.advertisedTTL(configuration.heartbeatTTL)
            output = Command.ping(ttl: ttl, context: []).frame()
        }
        if let context = pongs.timerFired(now: now) {
            output.append(contentsOf: Command.pong(context: context).frame())
        }
        return output.isEmpty ? .none : .send(output)
    }
}
