extension PeerDescription {
    /// Judges a peer by its metadata.
    ///
    /// - Parameter handshake: knows how its mechanism refuses a peer.
    /// - Throws: `incompatibleSocketType`, with an ERROR to send, which ends the matter for good;
    ///   `invalidMetadata` otherwise.
    init(
        metadata: [MetadataProperty], minorVersion: UInt8, configuration: SessionConfiguration,
        handshake: borrowing Handshake
    ) throws(SessionFailure) {
        self.init(minorVersion: minorVersion)
        if let type = PeerDescription.value(of: Metadata.socketType, in: metadata) {
            socketType = SocketType(wireName: type)
            guard let socketType, socketType.canPeer(with: configuration.socketType) else {
                throw SessionFailure(
                    code: .incompatibleSocketType(name: type),
                    reply: handshake.refusal(reason: "Invalid socket type"), retry: .stop)
            }
        } else if configuration.strictness.requiresSocketType {
            throw SessionFailure(
                code: .invalidMetadata(.missingSocketType),
                reply: handshake.refusal(reason: "Missing socket type"),
                retry: configuration.adviceAfterViolation)
        }
        // Without a socket type there is no telling whether the id is meant to be used.
        if socketType?.announcesRoutingID ?? true,
            let id = PeerDescription.value(of: Metadata.identity, in: metadata)
        {
            guard id.count <= WireLimits.maxRoutingIDSize, id.first != 0 else {
                throw SessionFailure(
                    code: .invalidMetadata(.invalidRoutingID),
                    retry: configuration.adviceAfterViolation)
            }
            routingID = id
        }
        properties = metadata.filter { !Metadata.isReserved($0) }
    }

    private static func value(
        of name: StaticString, in metadata: [MetadataProperty]
    ) -> [UInt8]? {
        metadata.first { $0.isNamed(name.description) }?.value
    }
}
