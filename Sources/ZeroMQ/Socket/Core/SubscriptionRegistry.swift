/// What a SUB or XSUB socket has subscribed to, and which publishers have yet to hear of it.
final class SubscriptionRegistry: @unchecked Sendable {
    // Unchecked: guarded by `lock`.
    private let lock = Lock()
    private var topics = SubscriptionSet()
    private var feeds: [SubscriptionFeed] = []
    /// The filter of a SUB socket; nil for XSUB.
    private let filter: FilteredReceive?
    private let receiveSide: ReceiveSide

    /// How many changes are put into words at a time, so that a slow link holds few of them.
    private static let changesPerFlush = 512

    init(filter: FilteredReceive?, receiveSide: ReceiveSide) {
        self.filter = filter
        self.receiveSide = receiveSide
    }

    /// Subscribes once more.
    func subscribe(_ topic: [UInt8]) throws(ZeroMQError) {
        let drivers: [any PipeDriver]
        do throws(SubscriptionLimitError) {
            // In one step, or publishers could be told of the changes of two threads in another
            // order than they were made in.
            drivers = try lock.withLock { () throws(SubscriptionLimitError) in
                let isFirst = try topic.withUnsafeBufferPointer {
                    (bytes) throws(SubscriptionLimitError) in
                    try topics.add(UnsafeRawBufferPointer(bytes))
                }
                do throws(SubscriptionLimitError) {
                    try filter?.subscribe(topic, in: receiveSide)
                } catch {
                    _ = topic.withUnsafeBytes { topics.remove($0) }
                    throw error
                }
                return isFirst ? note(topic, isWanted: true) : []
            }
        } catch {
            throw ZeroMQError(.limitReached, error.reason(for: "the socket"))
        }
        for driver in drivers { driver.subscriptionsChanged() }
    }

    /// Recognises a subscription sent as a message (XSUB): a byte 1 or 0, and the topic.
    func takeOut(_ frame: UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool {
        guard let kind = frame.first, kind <= 1 else { return false }
        let topic = Array(frame.dropFirst())
        if kind == 1 { try subscribe(topic) } else { unsubscribe(topic) }
        return true
    }

    /// Takes one subscription back; unknown topics are ignored.
    func unsubscribe(_ topic: [UInt8]) {
        let drivers: [any PipeDriver] = lock.withLock {
            let removal = topic.withUnsafeBytes { topics.remove($0) }
            if removal == .unknown { return [] }
            filter?.unsubscribe(topic, in: receiveSide)
            return removal == .last ? note(topic, isWanted: false) : []
        }
        for driver in drivers { driver.subscriptionsChanged() }
    }

    /// Notes a change for every publisher; returns whom to tell once the lock is released.
    private func note(_ topic: [UInt8], isWanted: Bool) -> [any PipeDriver] {
        for feed in feeds { feed.note(topic, isWanted: isWanted) }
        return feeds.compactMap(\.driver)
    }

    /// A publisher is there: it is to be told everything, in the order first subscribed.
    func begin(_ feed: SubscriptionFeed, driver: any PipeDriver) {
        lock.withLock {
            feed.reset()
            feed.driver = driver
            topics.forEachTopic { feed.note(Array($0), isWanted: true) }
            if !feeds.contains(where: { $0 === feed }) { feeds.append(feed) }
        }
    }

    /// The publisher has gone.
    func end(_ feed: SubscriptionFeed) {
        lock.withLock {
            feed.reset()
            feeds.removeAll { $0 === feed }
        }
    }

    /// The next changes to tell a publisher.
    func take(_ feed: SubscriptionFeed) -> [SubscriptionChange] {
        lock.withLock { feed.take(Self.changesPerFlush) }
    }
}
