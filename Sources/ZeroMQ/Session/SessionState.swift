/// Where a connection is in its life, and all that belongs to that part of it alone.
enum SessionState: ~Copyable {
    /// Becomes `handshake` with the 64th byte of the peer's greeting, or `closed`.
    case greeting
    /// Becomes `traffic` when the mechanism is content, or `closed`.
    case handshake(HandshakePhase)
    /// Becomes `closed`.
    case traffic(TrafficBox)
    /// Final; takes nothing any more.
    case closed

    mutating func advance(
        _ input: UnsafeRawBufferPointer, _ configuration: SessionConfiguration, now: Instant
    ) -> SessionStep {
        switch consume self {
        case .greeting:
            self = .greeting
            return advanceGreeting(input, configuration)
        case .handshake(var phase):
            let step = phase.advance(input, configuration)
            switch step.action {
            case .fail: self = .closed
            case .established:
                let traffic = Traffic(
                    minorVersion: phase.minorVersion, configuration: configuration, now: now)
                self = .traffic(TrafficBox(traffic))
            default: self = .handshake(phase)
            }
            return step
        case .traffic(let box):
            let step = box.traffic.advance(input, configuration, now: now)
            if case .fail = step.action { self = .closed } else { self = .traffic(box) }
            return step
        case .closed:
            self = .closed
            return .needMore
        }
    }

    private mutating func advanceGreeting(
        _ input: UnsafeRawBufferPointer, _ configuration: SessionConfiguration
    ) -> SessionStep {
        let greeting: Greeting
        do {
            guard let whole = try Greeting.parse(input) else { return .needMore }
            greeting = whole
        } catch {
            switch error {
            case .notZMTP: return close(.notZMTP)
            case .unsupportedVersion(let major): return close(.unsupportedVersion(major: major))
            }
        }
        let ours = configuration.mechanism.name
        guard greeting.mechanism == ours else {
            return close(.mechanismMismatch(ours: ours, theirs: greeting.mechanism))
        }
        var first: [UInt8] = []
        self = .handshake(HandshakePhase(greeting, configuration, send: &first))
        return SessionStep(first.isEmpty ? .none : .send(first), consumed: WireLimits.greetingSize)
    }

    private mutating func close(_ code: SessionFailure.Code) -> SessionStep {
        self = .closed
        return SessionStep(.fail(SessionFailure(code: code)), consumed: 0)
    }

    // MARK: Time

    func deadline(handshake: Instant?) -> Instant? {
        switch self {
        case .greeting: handshake
        case .handshake: handshake
        case .traffic(let box): box.traffic.deadline
        case .closed: nil
        }
    }

    mutating func timerFired(
        _ configuration: SessionConfiguration, handshake: Instant?, now: Instant
    ) -> SessionAction {
        switch consume self {
        case .greeting:
            self = .greeting
            return expireHandshake(handshake, now: now)
        case .handshake(let phase):
            self = .handshake(phase)
            return expireHandshake(handshake, now: now)
        case .traffic(let box):
            let action = box.traffic.timerFired(configuration, now: now)
            if case .fail = action { self = .closed } else { self = .traffic(box) }
            return action
        case .closed:
            self = .closed
            return .none
        }
    }

    private mutating func expireHandshake(_ deadline: Instant?, now: Instant) -> SessionAction {
        guard let deadline, deadline <= now else { return .none }
        return close(.handshakeTimeout).action
    }

    // MARK: Traffic

    /// Gives `body` the traffic to change; `nil` if there is none yet or any more.
    mutating func withTraffic<Result>(_ body: (inout Traffic) -> Result) -> Result? {
        switch self {
        case .traffic(let box): body(&box.traffic)
        default: nil
        }
    }

    /// The minor version spoken; `nil` before and after the traffic.
    var minorVersion: UInt8? {
        switch self {
        case .traffic(let box): box.traffic.minorVersion
        default: nil
        }
    }

    var inputNeeded: Int {
        switch self {
        case .greeting: WireLimits.greetingSize
        case .handshake(let phase): phase.inputNeeded
        case .traffic(let box): box.traffic.inputNeeded
        case .closed: 0
        }
    }
}
