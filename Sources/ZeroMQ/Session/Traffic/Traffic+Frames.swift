extension Traffic {
    /// One frame at a time, for sockets that look into messages (PUB, XPUB) or want none (PUSH).
    mutating func advanceByFrame(
        _ input: UnsafeRawBufferPointer, _ configuration: SessionConfiguration, now: Instant
    ) -> SessionStep {
        guard let base = input.baseAddress else { return wait(for: FrameHeader.shortSize) }
        let header: FrameHeader
        switch scanner.classify(base, input.count) {
        case .whole(let whole): header = whole
        case .stop(.large(let large)): header = large
        case .stop(.needMore(let count)):
            guard let partial = FrameHeader.decode(input) else { return wait(for: count) }
            header = partial
        case .stop(let stop): return handle(stop, input, configuration, now: now)
        }
        if configuration.consumesSubscriptions, scanner.framesInMessage == 0,
            !header.flags.contains(.more), header.length > 0
        {
            guard input.count > header.headerSize else {
                return wait(for: header.headerSize + 1)
            }
            if input[header.headerSize] <= 1 {
                return handleSubscription(header, input, configuration)
            }
        }
        let size = header.headerSize + Int(truncatingIfNeeded: header.length)
        guard configuration.receivesMessages else {
            return discard(header, remaining: size, of: input, configuration)
        }
        return pass(header, size: size, input, configuration)
    }

    /// A subscription in the form of ZMTP 3.0: a message of 1 or 0 and the topic.
    private mutating func handleSubscription(
        _ header: FrameHeader, _ input: UnsafeRawBufferPointer,
        _ configuration: SessionConfiguration
    ) -> SessionStep {
        guard header.length - 1 <= UInt64(clamping: configuration.limits.maxTopicSize) else {
            return fail(.topicTooLong, configuration)
        }
        let size = header.headerSize + Int(truncatingIfNeeded: header.length)
        guard size <= input.count else { return wait(for: size) }
        _ = scanner.take(header)
        let topic = Array(input[(header.headerSize + 1)..<size])
        let wanted = input[header.headerSize] == 1
        return SessionStep(
            wanted ? .subscribe(topic: topic) : .cancel(topic: topic), consumed: size)
    }

    /// A message frame for the application.
    private mutating func pass(
        _ header: FrameHeader, size: Int, _ input: UnsafeRawBufferPointer,
        _ configuration: SessionConfiguration
    ) -> SessionStep {
        guard size <= input.count else {
            let isLarge = header.length > UInt64(clamping: configuration.largeFrameThreshold)
            return isLarge ? announce(header, after: 0, messages: 0) : wait(for: size)
        }
        let messages = scanner.take(header)
        return SessionStep(
            .frames(messages: messages, endsMessage: messages == 1), consumed: size)
    }

    /// Throws away what is there of a frame; the frame counts when the last of it is gone.
    mutating func discard(
        _ header: FrameHeader, remaining: Int, of input: UnsafeRawBufferPointer,
        _ configuration: SessionConfiguration
    ) -> SessionStep {
        guard !input.isEmpty || remaining == 0 else { return wait(for: 1) }
        guard remaining <= input.count else {
            pending = .discarding(header, remaining: remaining - input.count)
            return SessionStep(.none, consumed: input.count)
        }
        pending = .nothing
        guard scanner.take(header) == 1 else { return SessionStep(.none, consumed: remaining) }
        return refuse(.message, consumed: remaining, configuration)
    }
}
