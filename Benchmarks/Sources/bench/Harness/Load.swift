/// What one round puts on a contender, but for how much of it.
struct Load: Sendable {
    var transport: Transport
    /// Bytes of a frame.
    var size = 64
    /// Frames of a message.
    var frames = 1
    /// Sockets, or connections, on the connecting side.
    var peers = 1
    /// I/O threads of each context.
    var ioThreads = 1
    /// Whether our contexts wait with io_uring.
    var usesIOUring = false
    /// How long our I/O threads look for work before they sleep.
    var busyWait = Duration.zero
    /// A subscriber wants one message in so many; 1 for all.
    var oneIn = 1
    /// Topics that each subscriber asks for, where it does not want all.
    var subscriptions = 1
    /// Messages a publisher may be ahead of its slowest subscriber; 0 where nobody publishes.
    var window = 0
    /// Whether one end sends as many messages as will go through.
    var isStream = false
    /// The loop connects the peers, a few at a time.
    var connectsLater = false
    /// The time between heartbeats in milliseconds, 0 for none.
    var heartbeat = 0
    /// Handshakes under way at a time, where connections are made for their own sake.
    var handshakesAtOnce = Int.max
    /// Seconds that idle connections are watched; 0 where they are closed at once.
    var idleSeconds = 0.0
    /// One context for both ends; otherwise one each. Always one for inproc.
    var sharesContext = false

    init(_ transport: Transport) {
        self.transport = transport
    }

    /// The high-water mark of all sockets, so high that no publisher drops; nil for the default.
    ///
    /// Twice the window would do but for libzmq, which hears of what was read half a mark late and
    /// looks for that news once a millisecond (four windows were too few in long rounds), and to
    /// which a subscription is a message that it may drop.
    var highWaterMark: Int? { window > 0 ? max(64 * window, 2 * subscriptions) : nil }

    /// Whole messages for every peer and every class of topics.
    var granularity: Int { peers * oneIn }

    /// Messages that a round has at least: more than lie in queues, where it is a stream, and
    /// enough for percentiles.
    var leastCount: Int { isStream && size <= 16384 ? 5000 : 1000 }

    mutating func set(_ axis: Axis, to point: Int) {
        switch axis {
        case .bytes: size = point
        case .peers, .connections: peers = point
        case .subscriptions: subscriptions = point
        case .threads: ioThreads = point
        }
    }
}
