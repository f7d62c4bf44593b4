import Testing

@testable import ZeroMQ

@Suite struct OutboundPipeTests {
    private static let sizes = [
        0, 1, 64, 65, 255, 256, 4095, 4096, 16_383, 16_384, 70_000, 200_000,
    ]

    @Test func bytesAreTheWireFormForEverySize() {
        let fixture = PipeFixture()
        let messages = Self.sizes.enumerated().map { Message(body($1, $0)) }
        for message in messages { fixture.send(message) }
        #expect(fixture.pipe.queuedMessages == messages.count)
        #expect(fixture.write() == wire(messages))
        #expect(fixture.pipe.queuedMessages == 0)
        #expect(fixture.pipe.queuedBytes == 0)
    }

    @Test func multipartWithLargeAndSmallFrames() {
        let fixture = PipeFixture()
        let messages = (0..<20).map { round in
            Message(Self.sizes.shuffled().prefix(1 + round % 5).map { body($0, round) })
        }
        for message in messages { fixture.send(message) }
        #expect(fixture.write() == wire(messages))
        #expect(fixture.pipe.isIdle)
    }

    @Test func largeBodiesAreNotCopied() {
        let fixture = PipeFixture()
        let frame = body(50_000)
        fixture.send(Message(frame))
        #expect(fixture.pipe.takeAll())
        withUnsafeTemporaryAllocation(of: IOVector.self, capacity: 4) { vectors in
            #expect(fixture.pipe.flight.fill(vectors) == 2)
            frame.withUnsafeBytes { #expect(vectors[1].base == $0.baseAddress) }
        }
    }

    @Test func highWaterMarkCountsUntilWritten() {
        let fixture = PipeFixture(highWaterMark: 3)
        for _ in 0..<3 { fixture.send("abc") }
        #expect(!fixture.pipe.hasRoom)
        _ = fixture.write(5)
        #expect(!fixture.pipe.hasRoom, "one message is written, but its batch is not")
        _ = fixture.write()
        #expect(fixture.pipe.hasRoom)
    }

    @Test func aQueueIsRewoundToTheBoundaryAtEveryByte() {
        let mixed = Message([body(300, 1), body(20_000, 2), body(5, 3)])
        let messages = [
            Message("first"), mixed, Message(body(17_000, 4)), Message(""),
            Message([body(0), body(1)]), Message("last"),
        ]
        let all = wire(messages)
        var ends: [Int] = [0]
        for index in messages.indices { ends.append(wire(Array(messages[...index])).count) }
        // Every byte near a boundary, and a sample of the others.
        let cuts = (0...all.count).filter { cut in
            cut % 997 == 0 || ends.contains { abs($0 - cut) < 12 }
        }
        for cut in cuts {
            let fixture = PipeFixture()
            for message in messages { fixture.send(message) }
            _ = fixture.write(cut)
            #expect(fixture.pipe.rewind() == 0)
            let boundary = ends.last { $0 <= cut } ?? 0
            let left = ends.filter { $0 > boundary }.count
            #expect(fixture.pipe.queuedMessages == left, "cut at \(cut)")
            #expect(fixture.write() == Array(all[boundary...]), "cut at \(cut)")
        }
    }

    @Test func rewindKeepsWhatWasQueuedMeanwhileBehind() {
        let fixture = PipeFixture()
        fixture.send(Message(body(1000, 1)))
        _ = fixture.write(100)
        fixture.send("second")
        #expect(fixture.pipe.rewind() == 0)
        #expect(fixture.write() == wire([Message(body(1000, 1)), "second"]))
    }

    @Test func aMessageThatFiveConnectionsDoNotSurviveIsGivenUp() {
        let fixture = PipeFixture()
        let large = Message([body(1000, 1), body(50_000, 2)])
        fixture.send("first")
        fixture.send(large)
        fixture.send("last")
        for time in 1...OutboundPipe.mostInterruptions {
            _ = fixture.write(10_000)
            #expect(fixture.pipe.rewind() == (time == OutboundPipe.mostInterruptions ? 1 : 0))
        }
        #expect(fixture.pipe.queuedMessages == 1)
        #expect(fixture.write() == wire(["last"]))
        #expect(fixture.pipe.isIdle)
    }

    /// The last straw may come with the end of the queue.
    @Test func whatIsGivenUpWhileDiscardingIsCountedAsLost() {
        let fixture = PipeFixture()
        for number in 1...2 { fixture.send(Message(body(50_000, number))) }
        for _ in 1..<OutboundPipe.mostInterruptions {
            _ = fixture.write(10_000)
            #expect(fixture.pipe.rewind() == 0)
        }
        _ = fixture.write(10_000)
        #expect(fixture.pipe.discardAll() == 2)
        #expect(fixture.pipe.isIdle)
    }

    @Test func whatGetsThroughInBetweenStartsTheCountAnew() {
        let fixture = PipeFixture()
        for _ in 0..<20 { fixture.send(Message(body(1000, 1))) }
        // One gets through each time, and the next is interrupted.
        for _ in 0..<15 {
            _ = fixture.write(1500)
            #expect(fixture.pipe.rewind() == 0)
        }
        // So is one that no connection has begun to write.
        for _ in 0..<20 { #expect(fixture.pipe.rewind() == 0) }
        #expect(fixture.pipe.queuedMessages == 5)
    }

    /// A list of segments emptied from its end has to begin anew, or the next append misses its
    /// memory.
    @Test func aRewoundQueueCanBeUsedAgainAfterItWasIdle() {
        let fixture = PipeFixture()
        let messages = (0..<20).map { Message(body(20_000, $0)) }
        for round in 0..<4 {
            for message in messages { fixture.send(message) }
            let cut: Int = round * 50_000 + 30_000
            _ = fixture.write(cut)
            #expect(fixture.pipe.rewind() == 0)
            // A message of 20 000 bytes has a header of 9.
            let left: [Message] = Array(messages.dropFirst(cut / 20_009))
            #expect(fixture.write() == wire(left))
            fixture.pipe.releaseIdleMemory()
        }
        #expect(fixture.pipe.isIdle)
    }

    @Test func sharedBytesMergeAndMixWithOwnOnes() {
        let fixture = PipeFixture()
        var log = SharedLog(pool: fixture.pool)
        fixture.send("own")
        for text in ["a", "bb", "ccc"] { log.encode(Message(text)).append(to: fixture.pipe) }
        log.encode(Message([body(3), body(40_000)])).append(to: fixture.pipe)
        fixture.send("own again")
        let large = Message([body(3), body(40_000)])
        let expected =
            ["own", "a", "bb", "ccc"].map { Message($0) } + [large, Message("own again")]
        #expect(fixture.pipe.queuedMessages == expected.count)
        #expect(fixture.write() == wire(expected))
        #expect(fixture.pipe.queuedBytes == 0)
    }

    /// Ranges of the shared memory, copies of what stands alone, and everything in its order, at
    /// whatever place a connection is lost.
    @Test func sharedMessagesArriveInOrderWhoeverElseGetsWhich() {
        let fixtures = (0..<3).map { _ in PipeFixture() }
        var log = SharedLog(pool: fixtures[0].pool)
        var expected: [[Message]] = [[], [], []]
        var random = SplitMix64(seed: 7)
        for number in 0..<2000 {
            let size = [10, 60, 500, 520, 3000].randomElement(using: &random) ?? 0
            let single = body(size, number % 251)
            let message = number % 7 == 0 ? Message([body(3), single]) : Message(single)
            let takers = fixtures.indices.filter { wants($0, number, &random) }
            if number % 7 == 0 {
                let entry = log.encode(message)
                for index in takers { entry.append(to: fixtures[index].pipe) }
            } else {
                single.withUnsafeBytes { bytes in
                    let run = log.encode(bytes)
                    for index in takers { run.append(to: fixtures[index].pipe) }
                }
            }
            for index in takers { expected[index].append(message) }
        }
        for (fixture, messages) in zip(fixtures, expected) {
            #expect(fixture.pipe.queuedMessages == messages.count)
            let first = fixture.write(100_000)
            #expect(fixture.pipe.rewind() == 0)
            let all = wire(messages)
            let rest = fixture.write()
            #expect(Array(all.suffix(rest.count)) == rest)
            #expect(Array(all.prefix(first.count)) == first)
            #expect(first.count + rest.count >= all.count)
            #expect(fixture.pipe.queuedBytes == 0)
        }
    }

    /// The first gets everything, the second one in three, the third now many and now none.
    private func wants(_ index: Int, _ number: Int, _ random: inout SplitMix64) -> Bool {
        switch index {
        case 0: true
        case 1: number % 3 == 0
        default: number / 50 % 2 == 0 && random.next() % 4 > 0
        }
    }

    @Test func discardingCountsEveryMessageOnce() {
        let fixture = PipeFixture()
        for index in 0..<10 { fixture.send(Message(body(index * 3000))) }
        // The first, an empty one, has left whole; the second only in part.
        _ = fixture.write(40)
        #expect(fixture.pipe.discardAll() == 9)
        #expect(fixture.pipe.queuedMessages == 0)
        #expect(fixture.write().isEmpty)
    }
}
