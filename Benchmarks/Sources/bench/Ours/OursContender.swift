/// This library, with every option at its default.
enum OursContender {
    static let throughput = Contender(.ours, run: BlockingThroughput.run)
    static let asyncThroughput = Contender(.oursAsync, run: AsyncThroughput.run)
    static let roundTrip = Contender(.ours, run: BlockingRoundTrip.run)
    static let asyncRoundTrip = Contender(.oursAsync, run: AsyncRoundTrip.run)
}
