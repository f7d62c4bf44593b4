import Testing

@testable import ZeroMQ

struct CommandTests {
    private func parse(
        _ body: [UInt8], _ change: (inout WireLimits) -> Void = { _ in }
    ) throws -> Command {
        var limits = WireLimits()
        change(&limits)
        return try withBytes(body) { try Command.parse($0, limits: limits) }
    }

    // Made anew each time: the payload of an enumeration that lives for ever is no pointer to the
    // leak checker, which then takes the arrays for lost.
    private static var commands: [(Command, [UInt8])] {
        [
            (.ready([]), WireBytes.command("READY")),
            (
                .ready([MetadataProperty(reserved: "X-a", value: [1, 2])]),
                WireBytes.command("READY", WireBytes.property("X-a", [1, 2]))
            ),
            (.error(reason: Array("no".utf8)), WireBytes.error("no")),
            (.error(reason: []), WireBytes.command("ERROR", [0])),
            (.ping(ttl: 0x0102, context: [9]), WireBytes.command("PING", [1, 2, 9])),
            (.pong(context: [9, 8]), WireBytes.command("PONG", [9, 8])),
            (.subscribe(topic: [1]), WireBytes.command("SUBSCRIBE", [1])),
            (.subscribe(topic: []), WireBytes.command("SUBSCRIBE")),
            (.cancel(topic: [1, 2, 3]), WireBytes.command("CANCEL", [1, 2, 3])),
            (.unknown(name: Array("WALRUS".utf8)), WireBytes.command("WALRUS")),
        ]
    }

    @Test func commandsGoOutAndComeBack() throws {
        for (command, bytes) in CommandTests.commands {
            #expect(command.frame() == bytes)
            #expect(try parse(Array(bytes.dropFirst(2))) == command)
        }
    }

    @Test(arguments: [244, 245, 246, 250])
    func F9_longFormIsDecidedOnTheWholeBody(topic: Int) {
        let bytes = [UInt8](repeating: 7, count: topic)
        let frame = Command.subscribe(topic: bytes).frame()
        #expect(frame == WireBytes.command("SUBSCRIBE", bytes))
        #expect(frame[0] == (topic + 10 > 255 ? 6 : 4))
    }

    @Test(arguments: [[], [0], [0, 65], [2, 65], [255, 65, 66]] as [[UInt8]])
    func F6_namesThatDoNotFitAreRefused(body: [UInt8]) {
        #expect(throws: WireError.malformedCommandName) { try parse(body) }
    }

    @Test(arguments: ["ready", "READYX", "PIN", "PINGG", "HELLO", "MESSAGE", "JOIN"])
    func F7_otherNamesAreUnknown(name: String) throws {
        let command = try parse(WireBytes.commandBody(name, [1, 2, 3]))
        #expect(command == .unknown(name: Array(name.utf8)))
    }

    @Test(arguments: [[], [0]] as [[UInt8]])
    func H2_pingShorterThanSevenBytesIsRefused(data: [UInt8]) {
        #expect(throws: WireError.malformedCommand(.ping)) {
            try parse(WireBytes.commandBody("PING", data))
        }
    }

    @Test(arguments: [0, 1, 655, 656, 65_535] as [UInt16])
    func BI_P2_ttlIsExact(ttl: UInt16) throws {
        let data = [UInt8(ttl >> 8), UInt8(ttl & 255)]
        let command = try parse(WireBytes.commandBody("PING", data))
        #expect(command == .ping(ttl: ttl, context: []))
    }

    @Test(arguments: [0, 1, 16, 17, 65_000])
    func BI_P3_contextIsCutAtSixteenBytes(size: Int) throws {
        let context = (0..<size).map { UInt8($0 % 251) }
        let kept = Array(context.prefix(16))
        let ping = try parse(WireBytes.commandBody("PING", [0, 0] + context))
        #expect(ping == .ping(ttl: 0, context: kept))
        let pong = try parse(WireBytes.commandBody("PONG", context))
        #expect(pong == .pong(context: kept))
        #expect(Command.pong(context: context).frame() == WireBytes.command("PONG", kept))
    }

    @Test(arguments: [[], [1], [2, 65], [0, 65], [1, 65, 66]] as [[UInt8]])
    func N10_reasonMustFillItsFrameExactly(data: [UInt8]) {
        #expect(throws: WireError.malformedCommand(.error)) {
            try parse(WireBytes.commandBody("ERROR", data))
        }
    }

    @Test func N10_reasonsLongerThan255AreCut() throws {
        let frame = Command.error(reason: [UInt8](repeating: 65, count: 300)).frame()
        let body = Array(frame.dropFirst(9))
        #expect(try parse(body) == .error(reason: [UInt8](repeating: 65, count: 255)))
    }

    @Test func limit_topicSize() throws {
        let topic = [UInt8](repeating: 1, count: 8)
        for name in ["SUBSCRIBE", "CANCEL"] {
            _ = try parse(WireBytes.commandBody(name, topic)) { $0.maxTopicSize = 8 }
            #expect(throws: WireError.topicTooLong) {
                try parse(WireBytes.commandBody(name, topic + [1])) { $0.maxTopicSize = 8 }
            }
        }
    }

    @Test func theLongestNameIs255Bytes() throws {
        let name = [UInt8](repeating: 65, count: 255)
        #expect(try parse([255] + name) == .unknown(name: name))
    }
}
