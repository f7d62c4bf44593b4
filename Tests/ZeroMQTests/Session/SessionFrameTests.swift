import Testing

@testable import ZeroMQ

struct SessionFrameTests {
    private let pull = SessionConfiguration.of(.pull)
    private let opening = WireBytes.opening(to: .pull)

    private func violation(_ error: WireError) -> SessionFailure.Code { .protocolViolation(error) }

    @Test(arguments: [3, 4, 5, 6, 7])
    func BI_F1_reservedFlagBits(bit: Int) {
        let flags = UInt8(1) << UInt8(bit)
        let good = WireBytes.message("a")
        for bad in [flags, flags | 1, flags | 4, flags | 2] {
            let transcript = observe(pull, opening + good + [bad, 0])
            #expect(transcript.frames.count == 1)
            #expect(transcript.code == violation(.reservedFlags(bad)))
        }
    }

    @Test func BI_F2_longFormForAShortSize() {
        let transcript = observe(pull, opening + WireBytes.long(0, [1, 2, 3]))
        #expect(transcript.frames == [[1, 2, 3]])
    }

    @Test func BI_F3_sizeAboveTheLimitIsToldAndRetried() {
        let small = SessionConfiguration.of(.pull) {
            $0.limits.maxFrameSize = 5
            $0.reconnectsAfterViolation = false
        }
        let good = WireBytes.message("12345")
        let transcript = observe(small, opening + good + WireBytes.message("123456"))
        #expect(transcript.frames.count == 1)
        let failure = SessionFailure(code: .oversize(announced: 6), retry: .reconnect)
        #expect(transcript.failure == failure)
    }

    private static let monstrous: [UInt64] = [
        0x8000_0000_0000_0000, .max, 0x7FFF_FFFF_FFFF_FFFF, 0x4000_0000_0000_0000, 1 << 36,
        .max - 64, 0x400_0001,
    ]

    @Test(arguments: monstrous)
    func BI_F4_monstrousSizes(size: UInt64) {
        for flags: UInt8 in [0, 1] {
            let input = opening + WireBytes.longHeader(flags, size) + [1, 2, 3]
            #expect(observe(pull, input).code == .oversize(announced: size))
        }
        let command = observe(pull, opening + WireBytes.longHeader(4, size))
        #expect(command.code == violation(.commandTooLarge(announced: size)))
    }

    @Test func BI_F5_anUnlimitedSizeIsOnlyAnnounced() {
        let unlimited = SessionConfiguration.of(.pull) {
            $0.limits.maxFrameSize = 0
            $0.limits.maxMessageSize = 0
        }
        var session = Session(unlimited, now: .zero)
        var input = opening
        input += WireBytes.longHeader(0, 8 << 30)
        var offset = 0
        var last = SessionAction.none
        while true {
            let step = withBytes(Array(input[offset...])) { session.advance($0, now: .zero) }
            if step.action == .needMore { break }
            offset += step.consumed
            last = step.action
        }
        #expect(last == .largeBody(length: 8 << 30, more: false, messages: 0))
        #expect(offset == input.count)
    }

    @Test func BI_F6_emptyFrames() {
        let input = opening + [0, 0] + [1, 0] + [0, 0] + WireBytes.long(0, [])
        let transcript = observe(pull, input)
        #expect(
            transcript.observations.suffix(4) == [
                .frame([], more: false), .frame([], more: true), .frame([], more: false),
                .frame([], more: false),
            ])
        #expect(transcript.messages == 3)
    }

    @Test func BI_F7_endlessMoreEndsAtTheLimit() {
        let small = SessionConfiguration.of(.pull) { $0.limits.maxFramesPerMessage = 4 }
        let input = opening + [1, 0, 1, 0, 1, 0] + [0, 0] + [1, 0, 1, 0, 1, 0, 1, 0] + [1, 0]
        let transcript = observe(small, input)
        #expect(transcript.messages == 1)
        #expect(transcript.frames.count == 8)
        #expect(transcript.code == violation(.tooManyFrames))
    }

    @Test func limit_bytesOfOneMessageCountLargeFramesToo() {
        let small = SessionConfiguration.of(.pull) {
            $0.limits.maxMessageSize = 30
            $0.largeFrameThreshold = 10
        }
        let twenty = [UInt8](repeating: 1, count: 20)
        let good = WireBytes.frame(1, twenty) + WireBytes.frame(0, [UInt8](repeating: 2, count: 10))
        let bad = WireBytes.frame(1, twenty) + WireBytes.frame(0, [UInt8](repeating: 2, count: 11))
        let transcript = observe(small, opening + good + bad)
        #expect(transcript.messages == 1)
        #expect(transcript.frames.count == 3)
        #expect(transcript.code == violation(.messageTooLarge))
    }

    @Test func BI_F8_moreOnACommand() {
        var ping = WireBytes.ping()
        ping[0] |= 1
        #expect(observe(pull, opening + ping).code == violation(.commandWithMore))
    }

    @Test(arguments: [[], [0], [4, 80, 73, 78], [255]] as [[UInt8]])
    func BI_F9_commandsWithoutAGoodName(body: [UInt8]) {
        let transcript = observe(pull, opening + WireBytes.short(4, body))
        #expect(transcript.code == violation(.malformedCommandName))
    }

    @Test func BI_F10_unknownCommandsAreCountedAndLimited() {
        let walrus = WireBytes.command("WALRUS", [1, 2])
        let few = SessionConfiguration.of(.pull) { $0.limits.maxRefusals = 3 }
        let three = observe(few, opening + walrus + walrus + walrus + WireBytes.message("a"))
        #expect(three.refused == [.unknownCommand, .unknownCommand, .unknownCommand])
        #expect(three.messages == 1)
        let four = observe(few, opening + walrus + walrus + walrus + walrus)
        #expect(four.refused.count == 3)
        #expect(four.code == violation(.tooManyRefusals))
    }

    @Test func BI_F10_aThousandByDefault() {
        let thousand = (0..<1000).flatMap { _ in WireBytes.command("X") }
        #expect(run(pull, [opening + thousand]).failure == nil)
        let more = run(pull, [opening + thousand + WireBytes.command("X")])
        #expect(more.refused.count == 1000)
        #expect(more.code == violation(.tooManyRefusals))
    }

    @Test(arguments: ["READY", "ERROR", "HELLO", "WELCOME", "INITIATE"])
    func BI_F11_handshakeCommandsDuringTraffic(name: String) {
        let transcript = observe(pull, opening + WireBytes.command(name, [0]))
        let error = WireError.unexpectedCommand(name: Array(name.utf8))
        #expect(transcript.code == violation(error))
    }

    @Test func F5_commandsBetweenTheFramesOfAMessage() {
        let input =
            opening + WireBytes.frame(1, [1]) + WireBytes.ping(ttl: 0, [7])
            + WireBytes.frame(1, [2])
            + WireBytes.command("WALRUS") + WireBytes.frame(0, [3])
        let transcript = observe(pull, input)
        let pong = WireBytes.command("PONG", [7])
        #expect(
            transcript.observations.suffix(5) == [
                .frame([1], more: true), .sent(pong), .frame([2], more: true),
                .refused(.unknownCommand), .frame([3], more: false),
            ])
        #expect(transcript.messages == 1)
    }

    @Test func F5_commandsAroundLargeFrames() {
        let small = SessionConfiguration.of(.pull) { $0.largeFrameThreshold = 4 }
        let body: [UInt8] = [1, 2, 3, 4, 5]
        let input =
            opening + WireBytes.frame(1, body) + WireBytes.ping() + WireBytes.frame(0, body)
            + WireBytes.ping() + WireBytes.message("a") + WireBytes.long(0, body)
        let transcript = observe(small, input)
        #expect(transcript.frames.count == 4)
        #expect(transcript.messages == 3)
        #expect(transcript.sent.count == 3)
    }

    @Test func F10_aCutMessageIsNeverToldAsWhole() {
        let message =
            WireBytes.frame(1, [1, 1]) + WireBytes.frame(1, [2]) + WireBytes.frame(0, [3])
        for cut in 0..<message.count {
            let transcript = run(pull, [opening + message[..<cut]])
            #expect(transcript.messages == 0)
            #expect(transcript.faults == [])
        }
    }

    @Test func F11_orderIsKept() {
        let bodies = (0..<100).map { [UInt8](repeating: UInt8($0), count: $0 * 7) }
        let input = opening + bodies.flatMap { WireBytes.frame(0, $0) }
        #expect(observe(pull, input, stride: 61).frames == bodies)
    }

    @Test func F8_aLargeBodyIsAnnouncedAfterItsHeader() {
        var driver = SessionDriver(pull)
        let body = [UInt8](repeating: 5, count: 8193)
        let frame = WireBytes.frame(0, body)
        driver.receive(opening + WireBytes.message("a") + frame[..<9])
        #expect(driver.transcript.messages == 1)
        driver.receive(frame[9..<8000])
        #expect(driver.transcript.messages == 1)
        driver.receive(Array(frame[8000...]) + WireBytes.message("b"))
        #expect(driver.transcript.frames == [Array("a".utf8), body, Array("b".utf8)])
        #expect(driver.transcript.faults == [])
    }

    @Test func framesUpToTheThresholdAreAwaitedWhole() {
        var driver = SessionDriver(pull)
        let frame = WireBytes.frame(0, [UInt8](repeating: 5, count: 8192))
        driver.receive(opening + frame.dropLast())
        #expect(driver.transcript.frames == [])
        let needed = driver.session.inputNeeded
        #expect(needed == frame.count)
    }

    @Test func aLargeBodyIsFinishedOnceOnly() {
        var driver = SessionDriver(pull)
        driver.receive(opening)
        let none = driver.session.finishLargeBody()
        #expect(none == 0)
        var session = Session(pull, now: .zero)
        let early = session.finishLargeBody()
        #expect(early == 0)
    }

    @Test func aStepBeforeTheLargeBodyIsFinishedDoesNothing() {
        var driver = SessionDriver(pull)
        driver.receive(opening + WireBytes.longHeader(0, 9000))
        let step = withBytes(WireBytes.message("a")) { driver.session.advance($0, now: .zero) }
        #expect(step == .needMore)
    }

    @Test func BI_F19_oneByteSegments() {
        let body = [UInt8](repeating: 3, count: 200)
        let input = opening + (0..<200).flatMap { _ in WireBytes.frame(0, body) }
        let transcript = run(pull, input.indices.map { input[$0..<($0 + 1)] })
        #expect(transcript.messages == 200)
        #expect(transcript.faults == [])
    }

    @Test func BI_F19_aHundredThousandTinyFramesInOneSegment() {
        var session = Session(pull, now: .zero)
        var offset = 0
        let start = opening
        while offset < start.count {
            let step = withBytes(Array(start[offset...])) { session.advance($0, now: .zero) }
            offset += step.consumed
        }
        let tiny = (0..<100_000).flatMap { _ in [0, 1, 7] as [UInt8] }
        let step = withBytes(tiny) { session.advance($0, now: .zero) }
        #expect(step.consumed == tiny.count)
        #expect(step.action == .frames(messages: 100_000, endsMessage: true))
    }

    @Test func BI_F16_messagesToASocketThatReceivesNone() {
        let push = SessionConfiguration.of(.push) { $0.limits.maxRefusals = 2 }
        let start = WireBytes.opening(to: .push)
        let multi = WireBytes.frame(1, [1, 2]) + WireBytes.frame(0, [3])
        let two = observe(push, start + WireBytes.message("x") + WireBytes.ping() + multi)
        #expect(two.refused == [.message, .message])
        #expect(two.messages == 0 && two.frames == [])
        let three = observe(push, start + multi + multi + multi)
        #expect(three.code == violation(.tooManyRefusals))
    }

    @Test func BI_F16_largeRefusedMessagesAreNotAwaited() {
        let push = SessionConfiguration.of(.push)
        let start = WireBytes.opening(to: .push)
        let body = [UInt8](repeating: 1, count: 20_000)
        let input = start + WireBytes.frame(0, body) + WireBytes.ping()
        let transcript = observe(push, input, stride: 501)
        #expect(transcript.refused == [.message])
        #expect(transcript.sent.count == 2)
        var driver = SessionDriver(push)
        driver.receive(start + WireBytes.longHeader(0, 20_000) + [1, 2, 3])
        let needed = driver.session.inputNeeded
        #expect(needed == 1)
    }

    @Test func BI_F16_limitsHoldForRefusedMessagesToo() {
        let push = SessionConfiguration.of(.push) {
            $0.limits.maxFrameSize = 10
            $0.limits.maxFramesPerMessage = 2
        }
        let start = WireBytes.opening(to: .push)
        #expect(observe(push, start + [0, 11]).code == .oversize(announced: 11))
        let endless = observe(push, start + [1, 0, 1, 0, 1, 0])
        #expect(endless.code == violation(.tooManyFrames))
    }

    @Test func limit_commandSize() {
        let small = SessionConfiguration.of(.pull) { $0.limits.maxCommandSize = 20 }
        let atLimit = WireBytes.command("WALRUS", [UInt8](repeating: 1, count: 20))
        #expect(observe(small, opening + atLimit).refused == [.unknownCommand])
        let above = observe(
            small, opening + WireBytes.command("WALRUS", [UInt8](repeating: 1, count: 21)))
        #expect(above.code == violation(.commandTooLarge(announced: 28)))
    }

    @Test func limit_commandSizeByDefault() {
        for (size, good) in [(64 << 10, true), (64 << 10 + 1, false)] {
            let data = [UInt8](repeating: 1, count: size)
            let transcript = run(pull, [opening + WireBytes.command("WALRUS", data)])
            #expect((transcript.failure == nil) == good)
        }
        let header = observe(pull, opening + WireBytes.longHeader(4, 64 << 10 + 257))
        #expect(header.code == violation(.commandTooLarge(announced: 64 << 10 + 257)))
    }

    @Test func limitsOutOfRangeDoNotTrap() {
        for extreme in [Int.min, -1, 0, Int.max] {
            let odd = SessionConfiguration.of(.xPublisher) {
                $0.limits.maxCommandSize = extreme
                $0.limits.maxTopicSize = extreme
                $0.limits.maxRefusals = extreme
                $0.limits.maxHandshakeCommandSize = max(extreme, 100)
                $0.limits.maxProperties = extreme
                $0.limits.maxPropertyValueSize = extreme
                $0.limits.maxPropertyNameSize = extreme
                $0.limits.maxPongsPerSecond = extreme
                $0.largeFrameThreshold = extreme
            }
            let input =
                WireBytes.opening(to: .xPublisher) + WireBytes.command("SUBSCRIBE", [1])
                + WireBytes.ping() + WireBytes.short(0, [1, 2]) + WireBytes.message("abc")
                + WireBytes.longHeader(4, .max)
            #expect(observe(odd, input).failure != nil)
        }
    }
}
