/// One run of one contender.
struct Round: Sendable {
    let load: Load
    /// Messages or round trips that are timed.
    let count: Int
    /// Messages before the timed ones (and after them, in a stream), so that neither the start nor
    /// the running dry of the stream is measured.
    let margin: Int

    /// Every message of a stream.
    var total: Int { count + 2 * margin }
    /// What all peers receive together; a publisher's stream is waited for to its end.
    var received: Int {
        load.window > 0 ? (count + margin) * load.peers / load.oneIn : total
    }
    var transport: Transport { load.transport }
    var size: Int { load.size }

    /// The same over io_uring.
    var overIOUring: Round {
        var load = load
        load.usesIOUring = true
        return Round(load, count: count)
    }

    /// The same with I/O threads that do not sleep between one message and the next.
    var withBusyWait: Round {
        var load = load
        load.busyWait = .microseconds(200)
        return Round(load, count: count)
    }

    /// A round of at least `count` messages.
    init(_ load: Load, count: Int) {
        var load = load
        if load.transport == .inproc { load.sharesContext = true }
        self.load = load
        self.count = Self.whole(count, load.granularity)
        margin = Self.whole(max(count / 10, 10), load.granularity)
    }

    private static func whole(_ count: Int, _ granularity: Int) -> Int {
        (count + granularity - 1) / granularity * granularity
    }
}
