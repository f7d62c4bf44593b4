extension SessionConfiguration {
    /// What this side says of itself in READY or INITIATE.
    ///
    /// The two names are spelled exactly so because several peers compare bytes.
    var handshakeMetadata: [MetadataProperty] {
        var properties = [
            MetadataProperty(
                reserved: Metadata.socketType, value: Array(socketType.wireName.utf8))
        ]
        if socketType.announcesRoutingID {
            properties.append(MetadataProperty(reserved: Metadata.identity, value: routingID))
        }
        properties.append(contentsOf: metadata)
        return properties
    }
}
