import Testing

@testable import ZeroMQ

@Suite struct LeasePatienceTests {
    /// How many messages are passed over until the next lease.
    private func waits(_ patience: inout LeasePatience) -> Int {
        var count = 0
        while !patience.permitsLease() { count += 1 }
        return count
    }

    @Test func oneReceiverNeverWaits() {
        var patience = LeasePatience()
        for _ in 0..<100 {
            #expect(waits(&patience) == 0)
            patience.wasOfUse()
        }
    }

    @Test func receiversInTurnWaitTwiceAsLongEachTimeUpToALimit() {
        var patience = LeasePatience()
        let counts = (0..<10).map { _ in
            patience.wasInVain()
            return waits(&patience)
        }
        #expect(counts == [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 16384])
    }

    @Test func whoIsAloneAgainIsLeasedToAgain() {
        var patience = LeasePatience()
        for _ in 0..<20 { patience.wasInVain() }
        var counts: [Int] = []
        for _ in 0..<16 {
            counts.append(waits(&patience))
            patience.wasOfUse()
        }
        #expect(counts.first == 16384)
        #expect(counts.last == 0)
    }
}
