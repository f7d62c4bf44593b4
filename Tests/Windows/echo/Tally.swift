/// Counts of one check, written on the I/O thread and read behind a latch.
final class Tally: @unchecked Sendable {  // see above
    var good = 0
    var bad = 0
    var bytes = 0
    var listener: Listener?
    var ends: [End] = []

    /// Where the check's listener listens.
    var address: SocketAddress { listener?.address ?? .anyIPv4 }
}
