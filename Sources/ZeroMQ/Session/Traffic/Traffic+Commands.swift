extension Traffic {
    /// The command at the front of the input.
    mutating func handleCommand(
        _ header: FrameHeader, _ input: UnsafeRawBufferPointer,
        _ configuration: SessionConfiguration, now: Instant
    ) -> SessionStep {
        let limit = configuration.limits.maxCommandBodySize
        switch CommandFrame.locate(header, in: input, bodyLimit: limit) {
        case .needMore(let count):
            return wait(for: count)
        case .tooLarge:
            return fail(.commandTooLarge(announced: header.length), configuration)
        case .whole(let body, let size):
            do {
                let command = try Traffic.parse(body, configuration.limits)
                return perform(command, size: size, configuration, now: now)
            } catch {
                return fail(error, configuration)
            }
        }
    }

    /// Judges the name by the state before it looks at anything else.
    private static func parse(
        _ body: UnsafeRawBufferPointer, _ limits: WireLimits
    ) throws(WireError) -> Command {
        let command = try CommandBody(body)
        switch command.knownName {
        case .some(let name) where name.isHandshake:
            throw .unexpectedCommand(name: Array(command.name))
        case .subscribe, .cancel: break
        default:
            guard command.data.count <= limits.maxCommandSize else {
                throw .commandTooLarge(announced: UInt64(clamping: body.count))
            }
        }
        return try Command.parse(command, limits: limits)
    }

    private mutating func perform(
        _ command: Command, size: Int, _ configuration: SessionConfiguration, now: Instant
    ) -> SessionStep {
        switch command {
        case .ping(let ttl, let context):
            heartbeat.pingReceived(ttl: ttl, now: now)
            let answer = pongs.pingReceived(context: context, now: now)
            let action = answer ? SessionAction.send(Command.pong(context: context).frame()) : .none
            return SessionStep(action, consumed: size)
        case .pong:
            // Harmless however often, as a peer may answer a PING twice: no reason to close.
            let wasDue = heartbeat.pongReceived()
            return SessionStep(wasDue ? .none : .refusedFrame(.unaskedPong), consumed: size)
        case .subscribe, .cancel:
            return handleSubscription(command, size: size, configuration)
        case .unknown, .ready, .error:
            return refuse(.unknownCommand, consumed: size, configuration)
        }
    }

    /// Subscriptions have their place between messages; a socket that shows them to its application
    /// would break the message they came in the middle of.
    private mutating func handleSubscription(
        _ command: Command, size: Int, _ configuration: SessionConfiguration
    ) -> SessionStep {
        guard configuration.consumesSubscriptions, scanner.framesInMessage == 0 else {
            return refuse(.subscription, consumed: size, configuration)
        }
        switch command {
        case .subscribe(let topic):
            return SessionStep(.subscribe(topic: topic), consumed: size)
        case .cancel(let topic):
            return SessionStep(.cancel(topic: topic), consumed: size)
        default:
            return refuse(.subscription, consumed: size, configuration)
        }
    }
}

extension WireLimits {
    /// The largest body of a command after the handshake: its data, the longest name, their prefix.
    var maxCommandBodySize: UInt64 {
        UInt64(clamping: max(maxCommandSize, maxTopicSize)) &+ 256
    }
}
