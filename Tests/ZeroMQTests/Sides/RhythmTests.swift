import Testing

@testable import ZeroMQ

@Suite struct RhythmTests {
    @Test func oneMessageForEachOfEightWaitsIsAHabit() {
        var rhythm = Rhythm()
        for total in UInt64(1)...7 {
            rhythm.noteWait(after: total)
            #expect(!rhythm.isOneByOne)
        }
        rhythm.noteWait(after: 8)
        #expect(rhythm.isOneByOne)
    }

    @Test func twoAtOnceEndTheHabit() {
        var rhythm = Rhythm()
        for total in UInt64(1)...20 { rhythm.noteWait(after: total) }
        rhythm.noteWait(after: 22)
        #expect(!rhythm.isOneByOne)
    }

    @Test func aWaitInVainChangesNothing() {
        var rhythm = Rhythm()
        rhythm.noteWait(after: 0)
        for total in UInt64(1)...8 { for _ in 0..<2 { rhythm.noteWait(after: total) } }
        #expect(rhythm.isOneByOne)
    }
}
