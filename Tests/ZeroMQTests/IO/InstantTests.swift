import Testing

@testable import ZeroMQ

@Suite struct InstantTests {
    @Test func arithmeticSaturates() {
        #expect(Instant.distantFuture.advanced(by: .seconds(1)) == .distantFuture)
        #expect(Instant.distantPast.advanced(by: .seconds(-1)) == .distantPast)
        #expect(Instant(nanoseconds: 5).advanced(by: .seconds(Int64.max)) == .distantFuture)
        #expect(Instant(nanoseconds: -5).advanced(by: .seconds(Int64.min)) == .distantPast)
        #expect(
            Instant.distantFuture.duration(since: .distantPast) == .nanoseconds(Int64.max))
        #expect(
            Instant.distantPast.duration(since: .distantFuture) == .nanoseconds(Int64.min))
    }

    @Test func arithmeticAgrees() {
        let start = Instant(nanoseconds: 1_000)
        let later = start.advanced(by: .milliseconds(3))
        #expect(later.nanoseconds == 3_001_000)
        #expect(later.duration(since: start) == .milliseconds(3))
        #expect(start.duration(since: later) == .milliseconds(-3))
        #expect(later > start)
    }

    @Test func clockIsMonotonic() {
        var last = Instant.now()
        for _ in 0..<1000 {
            let next = Instant.now()
            #expect(next >= last)
            last = next
        }
    }
}
