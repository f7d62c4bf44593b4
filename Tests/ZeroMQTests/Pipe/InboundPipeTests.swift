import Testing

@testable import ZeroMQ

@Suite struct InboundPipeTests {
    private func makePipe(highWaterMark: Int = .max) -> InboundPipe {
        InboundPipe(slot: 0, highWaterMark: highWaterMark)
    }

    /// Puts bytes into a pipe, cut into segments of `size`, as receives would.
    private func fill(
        _ pipe: InboundPipe, _ bytes: [UInt8], messages: Int
    ) {
        let block = FrameStorage.make(count: bytes.count)
        bytes.withUnsafeBytes {
            if let source = $0.baseAddress {
                block.base.copyMemory(from: source, byteCount: $0.count)
            }
        }
        pipe.append(
            Segment(
                retaining: block, base: UnsafeRawPointer(block.base), count: bytes.count,
                messages: messages, endsMessage: true))
    }

    private func take(_ pipe: InboundPipe) -> Message? {
        guard pipe.hasMessage else { return nil }
        var message = Message(Frame())
        pipe.cut(into: &message)
        return message
    }

    @Test func messagesComeOutAsTheyWentIn() {
        var messages = [0, 1, 64, 65, 255, 256].map { Message(body($0)) }
        messages.append(["x", "", "y"])
        messages.append(Message([body(100), body(3000)]))
        let pipe = makePipe()
        fill(pipe, wire(messages), messages: messages.count)
        for message in messages { #expect(take(pipe) == message) }
        #expect(take(pipe) == nil)
    }

    @Test func aKeptMessageDoesNotPinItsSegment() {
        weak var block: FrameStorage?
        var kept: [Message] = []
        do {
            let pipe = makePipe()
            let storage = FrameStorage.make(count: 102)
            block = storage
            _ = FrameHeader.write(flags: [], length: 100, to: storage.base)
            pipe.append(
                Segment(
                    retaining: storage, base: UnsafeRawPointer(storage.base), count: 102,
                    messages: 1, endsMessage: true))
            if let message = take(pipe) { kept.append(message) }
            pipe.releaseIdleMemory()
        }
        #expect(kept.count == 1)
        #expect(block == nil)
    }

    @Test func F10_anUnfinishedMessageIsDroppedAndTheNextOneIsWhole() {
        let pipe = makePipe()
        let partial: [UInt8] = [1, 3, 7, 7, 7]
        fill(pipe, wire(["whole", "also"]) + partial, messages: 2)
        #expect(take(pipe) == "whole")
        #expect(pipe.discardPartial())
        fill(pipe, wire(["after"]), messages: 1)
        #expect(take(pipe) == "also")
        #expect(take(pipe) == "after")
        #expect(take(pipe) == nil)
        #expect(!pipe.discardPartial())
    }

    @Test func readingPausesAtTheMarkAndGoesOnAnEighthBelow() {
        let pipe = makePipe(highWaterMark: 16)
        let body = body(32 * 1024)
        for _ in 1...15 { fill(pipe, wire([Message(body)]), messages: 1) }
        #expect(!pipe.isPaused)
        fill(pipe, wire([Message(body)]), messages: 1)
        #expect(pipe.isPaused)
        for _ in 0..<2 { _ = take(pipe) }
        #expect(!pipe.hasRoomAgain)
        _ = take(pipe)
        #expect(pipe.hasRoomAgain)
    }

    @Test func smallMessagesMayBeFourTimesAsMany() {
        let pipe = makePipe(highWaterMark: 16)
        fill(pipe, wire((1...63).map { Message("\($0)") }), messages: 63)
        #expect(!pipe.isPaused)
        fill(pipe, wire(["64"]), messages: 1)
        #expect(pipe.isPaused)
        for _ in 0..<8 { _ = take(pipe) }
        #expect(!pipe.hasRoomAgain)
        _ = take(pipe)
        #expect(pipe.hasRoomAgain)
    }

    @Test func aMarkOfOneIsReachedAndLeft() {
        let pipe = makePipe(highWaterMark: 1)
        fill(pipe, wire([Message(body(300_000))]), messages: 1)
        #expect(pipe.isPaused && !pipe.hasRoomAgain)
        _ = take(pipe)
        #expect(pipe.hasRoomAgain)
    }

    @Test func theByteLimitHoldsWithoutAMark() {
        let pipe = InboundPipe(slot: 0, highWaterMark: .max, byteLimit: 80_000)
        let message = Message(body(10_000))
        for _ in 1...7 { fill(pipe, wire([message]), messages: 1) }
        #expect(!pipe.isPaused)
        fill(pipe, wire([message]), messages: 1)
        #expect(pipe.isPaused && pipe.queuedBytes == 8 * 10_009)
        _ = take(pipe)
        #expect(!pipe.hasRoomAgain)
        _ = take(pipe)
        #expect(pipe.hasRoomAgain)
        #expect(pipe.discardAll() == 6 && pipe.queuedBytes == 0)
    }

    @Test func S19_conflatingKeepsTheNewestWholeMessage() {
        let pipe = makePipe()
        fill(pipe, wire(["1", ["2", "b"], ["3", "c"]]), messages: 3)
        #expect(pipe.keepNewest() == 2)
        #expect(take(pipe) == ["3", "c"])
    }
}
