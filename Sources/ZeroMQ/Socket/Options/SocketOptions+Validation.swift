extension SocketOptions {
    /// Throws `invalidOption` for the first property that is out of its range.
    func validate() throws(ZeroMQError) {
        try require(sendHighWaterMark >= 0, "sendHighWaterMark must be 0 (no limit) or more")
        try require(receiveHighWaterMark >= 0, "receiveHighWaterMark must be 0 (no limit) or more")
        try require(sendByteLimit >= 64 << 10, "sendByteLimit must be at least 65536 bytes")
        try require(receiveByteLimit >= 64 << 10, "receiveByteLimit must be at least 65536 bytes")
        try require(
            subscriptionByteLimit >= 64 << 10, "subscriptionByteLimit must be at least 65536 bytes")
        try require((1...65_535).contains(backlog), "backlog must be between 1 and 65535")
        try require(maxMessageSize.map { $0 > 0 } ?? true, "maxMessageSize must be at least 1")
        try require(maxPendingHandshakes > 0, "maxPendingHandshakes must be at least 1")
        try require((0...255).contains(typeOfService), "typeOfService must be between 0 and 255")
        try require(sendBuffer.map { $0 > 0 } ?? true, "sendBuffer must be positive")
        try require(receiveBuffer.map { $0 > 0 } ?? true, "receiveBuffer must be positive")
        try peerLimits.validate()
        try validateTimes()
        try validateMetadata()
    }

    private func validateTimes() throws(ZeroMQError) {
        let times: [(String, Duration?)] = [
            ("linger", linger), ("sendTimeout", sendTimeout), ("receiveTimeout", receiveTimeout),
            ("reconnectInterval", reconnectInterval),
            ("reconnectIntervalMax", reconnectIntervalMax), ("connectTimeout", connectTimeout),
            ("handshakeTimeout", handshakeTimeout), ("heartbeatInterval", heartbeatInterval),
            ("heartbeatTimeout", heartbeatTimeout), ("heartbeatTTL", heartbeatTTL),
            ("tcpMaxRetransmit", tcpMaxRetransmit),
        ]
        for case (let name, let time?) in times {
            try require(time >= .zero, "\(name) must not be negative")
        }
        if let heartbeatTTL {
            try require(
                heartbeatTTL <= .milliseconds(6_553_599), "heartbeatTTL must be below 6553.6 s")
        }
    }

    private func validateMetadata() throws(ZeroMQError) {
        for (name, value) in metadata {
            try require(name.hasPrefix("X-"), "the metadata name \(name) must begin with X-")
            try require((3...255).contains(name.utf8.count), "metadata names have 3 to 255 bytes")
            let isClean = name.utf8.allSatisfy {
                ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122)
                    || "-_.+".utf8.contains($0)
            }
            try require(isClean, "the metadata name \(name) has characters beside A-Z a-z 0-9 -_.+")
            try require(value.utf8.count <= 32 << 10, "the metadata of \(name) is over 32 KiB")
        }
        try require(metadata.count <= 60, "there are more than 60 metadata properties")
    }

    private func require(_ condition: Bool, _ message: String) throws(ZeroMQError) {
        if !condition { throw ZeroMQError(.invalidOption, message) }
    }
}

extension SocketOptions {
    /// The mark as queues understand it.
    static func limit(_ mark: Int) -> Int { mark == 0 ? .max : mark }

    var streamOptions: StreamOptions {
        var stream = StreamOptions()
        stream.sendBuffer = sendBuffer
        stream.receiveBuffer = receiveBuffer
        stream.keepAlive.isEnabled = tcpKeepAlive.isEnabled
        stream.keepAlive.idle = tcpKeepAlive.idle
        stream.keepAlive.interval = tcpKeepAlive.interval
        stream.keepAlive.count = tcpKeepAlive.count.map { Int32(clamping: $0) }
        stream.typeOfService = typeOfService == 0 ? nil : UInt8(clamping: typeOfService)
        stream.priority = priority.map { Int32(clamping: $0) }
        stream.maximumRetransmitTime = tcpMaxRetransmit
        stream.device = bindToDevice
        return stream
    }

    /// What a session of a socket of this type needs to know.
    func sessionConfiguration(type: SocketType, role: SessionRole) -> SessionConfiguration {
        var configuration = SessionConfiguration(socketType: type, role: role)
        configuration.routingID = routingID?.bytes ?? []
        configuration.metadata = metadata.sorted { $0.key < $1.key }.compactMap {
            MetadataProperty(name: $0.key, value: Array($0.value.utf8))
        }
        configuration.handshakeTimeout = handshakeTimeout
        configuration.heartbeatInterval = heartbeatInterval
        configuration.heartbeatTimeout = heartbeatTimeout
        configuration.heartbeatTTL = heartbeatTTL
        configuration.limits = peerLimits.wire(maxFrameSize: maxMessageSize)
        return configuration
    }
}
