import Testing

@testable import ZeroMQ

@Suite struct PaceTests {
    private func instant(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

    @Test func nobodyIsQuickBeforeABatch() {
        var pace = Pace()
        #expect(!pace.isQuick)
        pace.end(now: instant(0))
        #expect(!pace.isQuick)
    }

    @Test(arguments: [(2000, true), (2001, false), (0, true), (Int64.max, false)])
    func twoNanosecondsAByteAreQuick(_ time: Int64, _ isQuick: Bool) {
        var pace = Pace()
        pace.begin(1000, now: instant(0))
        pace.end(now: instant(time))
        #expect(pace.isQuick == isQuick)
    }

    @Test func theLastBatchCounts() {
        var pace = Pace()
        pace.begin(1000, now: instant(0))
        pace.end(now: instant(10))
        pace.begin(1000, now: instant(100))
        #expect(pace.isQuick)
        pace.end(now: instant(100_000))
        #expect(!pace.isQuick)
        pace.begin(1000, now: instant(200_000))
        pace.end(now: instant(200_001))
        #expect(pace.isQuick)
    }

    @Test func fourWaitsInVainInARowAreTooMany() {
        var pace = Pace()
        for time in Int64(1)...3 {
            pace.begin(1000, now: instant(time))
            pace.end(now: instant(time))
            for _ in 0..<3 { pace.noteWaitInVain() }
            #expect(pace.isQuick)
        }
        pace.noteWaitInVain()
        #expect(!pace.isQuick)
    }

    @Test func theClockIsForLargeBatchesAndTheirEnds() {
        var pace = Pace()
        #expect(!pace.isWorthClock(Pace.distance / 4 - 1))
        #expect(pace.isWorthClock(Pace.distance / 4))
        pace.begin(Pace.distance, now: instant(0))
        #expect(pace.isWorthClock(0))
        pace.end(now: instant(1))
        #expect(!pace.isWorthClock(0))
    }

    @Test func givingUpForgetsTheBatchUnderWay() {
        var pace = Pace()
        pace.begin(1000, now: instant(0))
        pace.end(now: instant(1))
        pace.begin(1000, now: instant(2))
        pace.giveUp()
        #expect(!pace.isQuick)
        pace.end(now: instant(3))
        #expect(!pace.isQuick)
    }
}
