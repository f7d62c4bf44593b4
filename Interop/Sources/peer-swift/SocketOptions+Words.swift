import ZeroMQ

extension SocketOptions {
    /// The option words of `open`.
    init(_ words: Words) throws(ZeroMQError) {
        self.init()
        if let id = words.options["id"] {
            do throws(RoutingIDError) {
                routingID = try RoutingID(id)
            } catch {
                throw ZeroMQError(.invalidOption, "routing id: \(error)")
            }
        }
        linger = words.number("linger").flatMap { $0 < 0 ? nil : .milliseconds($0) }
        sendHighWaterMark = words.number("sndhwm") ?? sendHighWaterMark
        receiveHighWaterMark = words.number("rcvhwm") ?? receiveHighWaterMark
        sendBuffer = words.number("sndbuf")
        receiveBuffer = words.number("rcvbuf")
        maxMessageSize = words.number("maxmsg") ?? maxMessageSize
        if let interval = words.number("ivl") {
            reconnectInterval = interval < 0 ? nil : .milliseconds(interval)
        }
        heartbeatInterval = words.milliseconds("hb")
        heartbeatTimeout = words.milliseconds("hbto")
        heartbeatTTL = words.milliseconds("hbttl")
        routerMandatory = words.flag("mandatory")
        routerHandover = words.flag("handover")
        probeRouter = words.flag("probe")
        requestRelaxed = words.flag("relaxed")
        requestCorrelate = words.flag("correlate")
        xpubVerbose = words.flag("verbose")
        xpubVerboser = words.flag("verboser")
        immediate = words.flag("immediate")
        conflate = words.flag("conflate")
        ipv6 = words.flag("ipv6")
    }
}
