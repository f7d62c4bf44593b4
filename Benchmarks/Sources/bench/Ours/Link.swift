import ZeroMQ

/// Two connected sockets of ours: the near one binds, the far one connects.
struct Link<Near: ZeroMQSocket, Far: ZeroMQSocket>: Sendable {
    let near: Near
    let far: Far
    private let contexts: [Context]

    init(
        _ round: Round,
        near makeNear: (Context) throws -> Near, far makeFar: (Context) throws -> Far
    ) throws {
        let context = try Context()
        let other = round.sharesContext ? context : try Context()
        contexts = round.sharesContext ? [context] : [context, other]
        near = try makeNear(context)
        far = try makeFar(other)
        try far.connect(near.bind(round.transport.endpoint))
    }

    /// Closes both ends at once, which also ends whoever waits in a call on them.
    func closeBlocking() {
        far.closeBlocking(linger: .zero)
        near.closeBlocking(linger: .zero)
        for context in contexts { _ = context.shutdownBlocking(grace: .seconds(5)) }
    }

    func close() async {
        await far.close(linger: .zero)
        await near.close(linger: .zero)
        for context in contexts { _ = await context.shutdown(grace: .seconds(5)) }
    }
}

/// A push socket that connects to a pull socket that is bound.
func pipeline(_ round: Round) throws -> Link<PullSocket, PushSocket> {
    try Link(round, near: { try PullSocket($0) }, far: { try PushSocket($0) })
}

/// A request socket that connects to a reply socket that is bound.
func service(_ round: Round) throws -> Link<ReplySocket, RequestSocket> {
    try Link(round, near: { try ReplySocket($0) }, far: { try RequestSocket($0) })
}
