/// One run of one contender.
struct Round: Sendable {
    let transport: Transport
    /// Bytes of a message.
    let size: Int
    /// Messages or round trips that are timed.
    let count: Int
    /// Messages before the timed ones (and after them, in a stream), so that neither the start nor
    /// the running dry of the stream is measured.
    let margin: Int
    /// One context for both ends; otherwise one each. Always one for inproc.
    let sharesContext: Bool

    /// Every message of a stream.
    var total: Int { count + 2 * margin }

    init(transport: Transport, size: Int, count: Int, sharesContext: Bool) {
        self.transport = transport
        self.size = size
        self.count = count
        margin = max(count / 10, 10)
        self.sharesContext = sharesContext || transport == .inproc
    }
}
