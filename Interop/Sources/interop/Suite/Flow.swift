/// One way in which messages go between the two sockets of a pair.
struct Flow: Sendable {
    enum Kind: Sendable {
        /// `from` sends, the other side receives.
        case oneWay
        /// `from` asks, the other side echoes.
        case request
    }

    let kind: Kind
    let from: Side

    /// Every flow a pair can carry.
    static func all(_ pair: TypePair) -> [Flow] {
        switch (pair.ours, pair.theirs) {
        case (.pair, _), (.dealer, .dealer), (.router, .router):
            return [Flow(kind: .oneWay, from: .ours), Flow(kind: .oneWay, from: .theirs)]
        case (.push, _), (.pub, _), (.xpub, _):
            return [Flow(kind: .oneWay, from: .ours)]
        case (.pull, _), (.sub, _), (.xsub, _):
            return [Flow(kind: .oneWay, from: .theirs)]
        case (.req, _), (.dealer, .rep):
            return [Flow(kind: .request, from: .ours)]
        case (_, .req), (.rep, .dealer):
            return [Flow(kind: .request, from: .theirs)]
        case (.dealer, .router), (.router, .dealer):
            let dealer = pair.side(of: .dealer)
            return [
                Flow(kind: .request, from: dealer), Flow(kind: .oneWay, from: dealer),
                Flow(kind: .oneWay, from: dealer.other),
            ]
        default:
            return []
        }
    }
}

extension Stage {
    /// Words for the sender of a flow.
    func sendingWords(_ flow: Flow) -> String {
        switch pair.type(of: flow.from) {
        case .router: " to=\(identityHex(flow.from.other)) retry=1"
        case .dealer where pair.type(of: flow.from.other) == .rep: " delim=1"
        case .pub, .xpub: " keys=a"
        // What an XSUB sends up must not begin like a subscription.
        case .xsub: " keys=u"
        default: ""
        }
    }

    /// Words for the receiver of a flow.
    func receivingWords(_ flow: Flow) -> String {
        switch pair.type(of: flow.from.other) {
        case .router: " envelope=1"
        case .sub, .xsub: " keys=a"
        case .xpub: " keys=u"
        default: ""
        }
    }

    /// Options without which a flow's errors would go unseen.
    func flowOptions(_ side: Side) -> String {
        pair.type(of: side) == .router ? "mandatory=1 " : ""
    }

    func openForFlows(_ options: String = "") throws(Failure) {
        try openBoth(
            ours: flowOptions(.ours) + options, theirs: flowOptions(.theirs) + options)
        try subscribeIfNeeded()
    }

    /// Sends messages along a flow and judges what arrives. `seconds` is for commands that may
    /// take longer than most.
    func carry(_ flow: Flow, _ shape: String, within seconds: Double? = nil) throws(Failure) {
        let from = try self[flow.from]
        let to = try self[flow.from.other]
        switch flow.kind {
        case .oneWay:
            let impatience = sabotage == nil ? "" : " idle=400"
            let wrong = sabotage.map { " sabotage=\($0)" } ?? ""
            try to.begin("recv s \(shape)\(receivingWords(flow)) extra=15\(impatience)")
            try from.begin("send s \(shape)\(sendingWords(flow))\(impatience)\(wrong)")
        case .request:
            try to.begin("echo s \(shape)")
            try from.begin("ask s \(shape)\(sendingWords(flow))")
        }
        // Whoever complains first says most about what went wrong.
        let sent = try from.answer(within: seconds)
        let received = try to.answer(within: seconds)
        try judge(sent, of: from, flow)
        try judge(received, of: to, flow)
        if flow.kind == .oneWay, pair.type(of: flow.from.other) == .router {
            try expect(
                received["from"] == identityHex(flow.from),
                "ROUTER saw the routing id \(received["from"] ?? "none")")
        }
    }

    /// Every flow of the pair.
    func carryAll(_ shape: String) throws(Failure) {
        for flow in Flow.all(pair) {
            try carry(flow, shape)
        }
    }

    private func judge(_ reply: PeerReply, of peer: PeerProcess, _ flow: Flow) throws(Failure) {
        try expect(reply.isOK, "\(peer.role) (\(peer.kind.rawValue)) reports: \(reply.line)")
    }
}
