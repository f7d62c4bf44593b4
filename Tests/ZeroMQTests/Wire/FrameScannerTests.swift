import Testing

@testable import ZeroMQ

struct FrameScannerTests {
    private func scanner(
        threshold: Int = 8192, strictness: WireStrictness = WireStrictness(),
        _ change: (inout WireLimits) -> Void = { _ in }
    ) -> FrameScanner {
        var limits = WireLimits()
        change(&limits)
        return FrameScanner(
            limits: limits, strictness: strictness, largeFrameThreshold: threshold)
    }

    private func scan(_ scanner: inout FrameScanner, _ bytes: [UInt8]) -> FrameScan {
        withBytes(bytes) { scanner.scan($0) }
    }

    @Test func emptyInputNeedsAHeader() {
        var scanner = scanner()
        let nothing = scanner.scan(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(nothing == FrameScan(consumed: 0, messages: 0, stop: .needMore(2)))
    }

    @Test func wholeFramesAreWalkedOver() {
        var scanner = scanner()
        let frames =
            WireBytes.message("a") + WireBytes.frame(1, [1]) + WireBytes.frame(0, [])
            + WireBytes.frame(0, [UInt8](repeating: 7, count: 300)) + WireBytes.message("b")
        let result = scan(&scanner, frames + [0, 9, 1])
        #expect(result == FrameScan(consumed: frames.count, messages: 4, stop: .needMore(11)))
        #expect(scanner.framesInMessage == 0)
    }

    @Test func progressOfAMessageIsKept() {
        var scanner = scanner()
        let first = scan(&scanner, WireBytes.frame(1, [1, 2]) + WireBytes.frame(1, [3]))
        #expect(first.messages == 0)
        #expect(scanner.framesInMessage == 2 && scanner.bytesInMessage == 3)
        #expect(scan(&scanner, WireBytes.frame(0, [])).messages == 1)
        #expect(scanner.framesInMessage == 0 && scanner.bytesInMessage == 0)
    }

    @Test func scanningAgainWithoutMoreIsTheSame() {
        var scanner = scanner()
        let bytes = WireBytes.longHeader(1, 500)
        let first = scan(&scanner, bytes)
        #expect(first == FrameScan(consumed: 0, messages: 0, stop: .needMore(509)))
        #expect(scan(&scanner, bytes) == first)
        #expect(scanner.framesInMessage == 0)
    }

    @Test func F5_stopsBeforeACommandBetweenFrames() {
        var scanner = scanner()
        let part = WireBytes.frame(1, [1])
        let result = scan(&scanner, part + WireBytes.command("PING", [0, 0]))
        let header = FrameHeader(flags: .command, length: 7)
        #expect(result == FrameScan(consumed: part.count, messages: 0, stop: .command(header)))
        #expect(scanner.framesInMessage == 1)
    }

    @Test func largeFramesStopOnlyWhenTheyAreNotAllThere() {
        var scanner = scanner(threshold: 100)
        let body = [UInt8](repeating: 1, count: 101)
        #expect(scan(&scanner, WireBytes.frame(0, body)).messages == 1)
        let header = FrameHeader(flags: [], length: 101)
        let partial = scan(&scanner, Array(WireBytes.frame(0, body).dropLast()))
        #expect(partial == FrameScan(consumed: 0, messages: 0, stop: .large(header)))
        let atThreshold = scan(&scanner, [0, 100])
        #expect(atThreshold == FrameScan(consumed: 0, messages: 0, stop: .needMore(102)))
    }

    @Test func F1_everyReservedBitIsRefused() {
        for bit in 3..<8 {
            var scanner = scanner()
            let flags = UInt8(1) << UInt8(bit)
            #expect(scan(&scanner, [flags]).stop == .violation(.reservedFlags(flags)))
        }
    }

    @Test func F1_reservedBitsCanBeTolerated() {
        var lax = WireStrictness()
        lax.rejectsReservedFlags = false
        var scanner = scanner(strictness: lax)
        let bytes: [UInt8] = [0xF8, 1, 1, 0xF9, 1, 2, 0xF8, 0]
        let result = scan(&scanner, bytes)
        #expect(result == FrameScan(consumed: 8, messages: 2, stop: .needMore(2)))
    }

    @Test func F4_commandWithMoreIsRefused() {
        var scanner = scanner()
        #expect(scan(&scanner, [5]).stop == .violation(.commandWithMore))
    }

    private static let tooLarge: [UInt64] = [
        0x400_0001, 1 << 36, 1 << 62, 1 << 63, 0x7FFF_FFFF_FFFF_FFFF, .max, .max - 9,
    ]

    @Test(arguments: tooLarge)
    func F8_sizesAboveTheLimitAreRefusedByTheirHeader(size: UInt64) {
        var scanner = scanner()
        let stop = scan(&scanner, WireBytes.longHeader(0, size)).stop
        #expect(stop == .violation(.frameTooLarge(announced: size)))
    }

    @Test func limit_frameSizeAtTheLimitPasses() {
        var scanner = scanner { $0.maxFrameSize = 10 }
        #expect(scan(&scanner, [0, 10] + [UInt8](repeating: 0, count: 10)).messages == 1)
        let stop = scan(&scanner, [0, 11]).stop
        #expect(stop == .violation(.frameTooLarge(announced: 11)))
        var default64 = self.scanner()
        let at = scan(&default64, WireBytes.longHeader(0, 64 << 20)).stop
        #expect(at == .large(FrameHeader(flags: .long, length: 64 << 20)))
    }

    @Test func limit_noneStillStopsWhatNoIntCanHold() {
        var scanner = scanner {
            $0.maxFrameSize = 0
            $0.maxMessageSize = 0
        }
        let huge = scan(&scanner, WireBytes.longHeader(0, 1 << 40)).stop
        #expect(huge == .large(FrameHeader(flags: .long, length: 1 << 40)))
        for size in [UInt64(1) << 63, .max, UInt64(Int.max), UInt64(Int.max) - 8] {
            let stop = scan(&scanner, WireBytes.longHeader(0, size)).stop
            #expect(stop == .violation(.frameTooLarge(announced: size)))
        }
        let most = UInt64(Int.max) - 9
        let stop = scan(&scanner, WireBytes.longHeader(0, most)).stop
        #expect(stop == .large(FrameHeader(flags: .long, length: most)))
    }

    @Test func limit_framesPerMessage() {
        var scanner = scanner { $0.maxFramesPerMessage = 3 }
        let two = WireBytes.frame(1, []) + WireBytes.frame(1, [])
        #expect(scan(&scanner, two + WireBytes.frame(0, [])).messages == 1)
        let three = two + WireBytes.frame(1, [])
        #expect(scan(&scanner, three).stop == .needMore(2))
        #expect(scan(&scanner, WireBytes.frame(0, [])).stop == .violation(.tooManyFrames))
    }

    @Test func limit_framesPerMessageByDefault() {
        var scanner = scanner()
        let many = [UInt8](repeating: 0, count: 2 * 65_535).enumerated().map {
            $0.offset % 2 == 0 ? UInt8(1) : 0
        }
        #expect(scan(&scanner, many).consumed == many.count)
        #expect(scan(&scanner, [0, 0]).messages == 1)
        #expect(scan(&scanner, many).consumed == many.count)
        #expect(scan(&scanner, [1, 0]).consumed == 2)
        #expect(scan(&scanner, [0, 0]).stop == .violation(.tooManyFrames))
    }

    @Test func limit_bytesPerMessage() {
        var scanner = scanner { $0.maxMessageSize = 10 }
        let six = WireBytes.frame(1, [UInt8](repeating: 0, count: 6))
        #expect(scan(&scanner, six + WireBytes.frame(0, [1, 2, 3, 4])).messages == 1)
        #expect(scan(&scanner, six).consumed == six.count)
        let stop = scan(&scanner, WireBytes.frame(0, [1, 2, 3, 4, 5])).stop
        #expect(stop == .violation(.messageTooLarge))
        var default256 = self.scanner { $0.maxFrameSize = 0 }
        let at = scan(&default256, WireBytes.longHeader(0, 256 << 20)).stop
        #expect(at == .large(FrameHeader(flags: .long, length: 256 << 20)))
        let above = scan(&default256, WireBytes.longHeader(0, 256 << 20 + 1)).stop
        #expect(above == .violation(.messageTooLarge))
    }

    @Test func limitsOutOfRangeDoNotTrap() {
        var scanner = scanner(threshold: -1) {
            $0.maxFramesPerMessage = .min
            $0.maxFrameSize = .max
            $0.maxMessageSize = .max
        }
        #expect(scan(&scanner, [0, 1, 1]).messages == 1)
        #expect(scan(&scanner, [1, 0]).consumed == 2)
        #expect(scan(&scanner, [0, 0]).stop == .violation(.tooManyFrames))
    }
}
