extension Command {
    /// Reads a whole command body: a typed value or an error, nothing else.
    static func parse(
        _ body: UnsafeRawBufferPointer, limits: WireLimits
    ) throws(WireError) -> Command {
        try parse(CommandBody(body), limits: limits)
    }

    /// Reads a command whose name was split off already.
    static func parse(
        _ body: CommandBody, limits: WireLimits
    ) throws(WireError) -> Command {
        switch body.knownName {
        case .ready: .ready(try Metadata.parse(body.data, limits: limits))
        case .error: try parseError(body.data)
        case .ping: try parsePing(body.data)
        case .pong: .pong(context: context(body.data))
        case .subscribe: .subscribe(topic: try topic(body.data, limits: limits))
        case .cancel: .cancel(topic: try topic(body.data, limits: limits))
        case .hello, .welcome, .initiate, nil: .unknown(name: Array(body.name))
        }
    }

    private static func parseError(_ data: UnsafeRawBufferPointer) throws(WireError) -> Command {
        var cursor = ByteCursor(data)
        guard let reason = cursor.takeShortField(), cursor.isAtEnd else {
            throw .malformedCommand(.error)
        }
        return .error(reason: Array(reason))
    }

    private static func parsePing(_ data: UnsafeRawBufferPointer) throws(WireError) -> Command {
        var cursor = ByteCursor(data)
        guard let ttl = cursor.takeUInt16() else { throw .malformedCommand(.ping) }
        return .ping(ttl: ttl, context: context(cursor.rest))
    }

    /// A longer context than the RFC allows is cut rather than refused.
    private static func context(_ data: UnsafeRawBufferPointer) -> [UInt8] {
        Array(data.prefix(WireLimits.maxPingContextSize))
    }

    private static func topic(
        _ data: UnsafeRawBufferPointer, limits: WireLimits
    ) throws(WireError) -> [UInt8] {
        guard data.count <= limits.maxTopicSize else { throw .topicTooLong }
        return Array(data)
    }
}
