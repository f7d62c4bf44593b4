@testable import ZeroMQ

/// Takes what is queued, as the writer of a connection does.
final class Drain {
    private let pipe: OutboundPipe
    private(set) var bytes = 0

    init(_ pipe: OutboundPipe) { self.pipe = pipe }

    func takeAll() {
        guard pipe.takeAll() else { return }
        while !pipe.flight.isEmpty {
            withUnsafeTemporaryAllocation(of: IOVector.self, capacity: 64) { vectors in
                let count = pipe.flight.fill(vectors)
                let sum = vectors.prefix(count).reduce(0) { $0 + $1.count }
                pipe.flight.advance(sum)
                bytes += sum
            }
        }
        let credit = pipe.flight.takeCredit()
        pipe.credit(messages: credit.messages, bytes: credit.bytes)
    }
}
