/// This library, with every option at its default but for those a case names.
enum OursContender {
    static let pushPull = [
        Contender(.ours, run: BlockingThroughput.pushPull),
        Contender(.oursAsync) { try AsyncThroughput.pushPull($0, onIOThreads: false) },
        Contender(.oursIO) { try AsyncThroughput.pushPull($0, onIOThreads: true) }.onRequest,
        overIOUring(BlockingThroughput.pushPull),
        withBusyWait { try AsyncThroughput.pushPull($0, onIOThreads: true) },
    ]
    static let dealerRouter = [
        Contender(.ours, run: BlockingThroughput.dealerRouter),
        Contender(.oursAsync, run: AsyncThroughput.dealerRouter),
        overIOUring(BlockingThroughput.dealerRouter),
    ]
    static let requestReply = [
        Contender(.ours, run: BlockingRoundTrip.requestReply),
        Contender(.oursAsync) { try AsyncRoundTrip.requestReply($0, onIOThreads: false) },
        Contender(.oursIO) { try AsyncRoundTrip.requestReply($0, onIOThreads: true) },
        overIOUring(BlockingRoundTrip.requestReply),
        withBusyWait { try AsyncRoundTrip.requestReply($0, onIOThreads: true) },
    ]
    static let dealerRoundTrip = [
        Contender(.ours, run: BlockingRoundTrip.dealerRouter),
        Contender(.oursAsync) { try AsyncRoundTrip.dealerRouter($0, onIOThreads: false) },
        Contender(.oursIO) { try AsyncRoundTrip.dealerRouter($0, onIOThreads: true) },
        overIOUring(BlockingRoundTrip.dealerRouter),
        withBusyWait { try AsyncRoundTrip.dealerRouter($0, onIOThreads: true) },
    ]
    static let fanOut = [
        Contender(.ours, run: BlockingFanOut.run), Contender(.oursAsync, run: AsyncFanOut.run),
        overIOUring(BlockingFanOut.run),
    ]
    static let fanIn = [
        Contender(.ours, run: BlockingThroughput.fanIn),
        Contender(.oursAsync, run: AsyncThroughput.fanIn),
        overIOUring(BlockingThroughput.fanIn),
    ]
    static let router = [
        Contender(.ours, run: BlockingRouter.run), Contender(.oursAsync, run: AsyncRouter.run),
        overIOUring(BlockingRouter.run),
    ]

    private static func overIOUring(
        _ run: @escaping @Sendable (Round) throws -> Measurement
    ) -> Contender {
        Contender(.oursUring) { try run($0.overIOUring) }
    }

    private static func withBusyWait(
        _ run: @escaping @Sendable (Round) throws -> Measurement
    ) -> Contender {
        Contender(.oursSpin) { try run($0.withBusyWait) }
    }
}
