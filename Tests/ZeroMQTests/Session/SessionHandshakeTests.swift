import Testing

@testable import ZeroMQ

struct SessionHandshakeTests {
    private let pull = SessionConfiguration.of(.pull)
    private let router = SessionConfiguration.of(.router)
    private let greeting = WireBytes.greeting()

    private func metadata(_ bytes: [UInt8]) -> [UInt8] {
        greeting + WireBytes.command("READY", bytes)
    }

    private func violation(_ error: WireError) -> SessionFailure.Code { .protocolViolation(error) }

    // MARK: What we send

    @Test func N2_readyFollowsTheGreetingAtOnce() {
        #expect(observe(pull, greeting).sent == [WireBytes.ready("PULL")])
    }

    @Test(arguments: [.request, .dealer, .router] as [SocketType])
    func N6_identityIsSentByThreeTypes(type: SocketType) {
        let unset = observe(.of(type), greeting)
        #expect(unset.sent == [WireBytes.ready(type.wireName, WireBytes.property("Identity", ""))])
        let named = SessionConfiguration.of(type) { $0.routingID = [7, 0, 8] }
        let identity = WireBytes.property("Identity", [7, 0, 8])
        #expect(observe(named, greeting).sent == [WireBytes.ready(type.wireName, identity)])
    }

    @Test(arguments: [.reply, .pull, .push, .publisher, .pair] as [SocketType])
    func N6_identityIsNotSentByOthers(type: SocketType) {
        let named = SessionConfiguration.of(type) { $0.routingID = [7] }
        #expect(observe(named, greeting).sent == [WireBytes.ready(type.wireName)])
    }

    @Test func N7_applicationPropertiesAreSent() {
        let property = MetadataProperty(reserved: "X-name", value: Array("me".utf8))
        let configuration = SessionConfiguration.of(.pull) { $0.metadata = [property] }
        let expected = WireBytes.ready("PULL", WireBytes.property("X-name", "me"))
        #expect(observe(configuration, greeting).sent == [expected])
    }

    @Test(arguments: [SessionRole.listener, .connector])
    func N13_orderDoesNotDependOnWhoBound(role: SessionRole) {
        let transcript = observe(.of(.pull, role: role), greeting + WireBytes.ready("PUSH"))
        #expect(transcript.sent == [WireBytes.ready("PULL")])
        #expect(transcript.peer?.socketType == .push)
    }

    // MARK: What we accept

    @Test func N7_propertiesOfThePeerAreTold() {
        let more =
            WireBytes.property("X-a", [0, 255]) + WireBytes.property("Resource", "r")
            + WireBytes.property("unknown", "u")
        let peer = observe(pull, greeting + WireBytes.ready("PUSH", more)).peer
        #expect(peer?.properties.map(\.name) == ["X-a", "Resource", "unknown"])
        #expect(peer?.properties.first?.value == [0, 255])
    }

    @Test func N8_resourceDoesNotBreakAnything() {
        let input = greeting + WireBytes.ready("PUSH", WireBytes.property("Resource", "/a/b"))
        #expect(observe(pull, input).peer != nil)
    }

    @Test func N12_trafficMayFollowInTheSameSegment() {
        let input = greeting + WireBytes.ready("PUSH") + WireBytes.message("now")
        #expect(observe(pull, input).frames == [Array("now".utf8)])
    }

    @Test func N9_everyValidPairIsEstablishedAndNoOther() {
        let types = SocketType.allCases.filter { $0 != .stream }
        for ours in types {
            for theirs in types {
                let transcript = run(
                    .of(ours), [greeting + WireBytes.ready(theirs.wireName)])
                #expect(transcript.faults == [])
                if ours.canPeer(with: theirs) {
                    #expect(transcript.peer?.socketType == theirs)
                } else {
                    let code = SessionFailure.Code.incompatibleSocketType(
                        name: Array(theirs.wireName.utf8))
                    #expect(transcript.code == code)
                }
            }
        }
    }

    @Test func BI_M1_missingSocketTypeIsRefused() {
        let transcript = observe(pull, metadata([]))
        #expect(transcript.code == .invalidMetadata(.missingSocketType))
        #expect(transcript.failure?.reply == WireBytes.error("Missing socket type"))
    }

    @Test func N5_missingSocketTypeCanBeTolerated() {
        let lax = SessionConfiguration.of(.router) { $0.strictness.requiresSocketType = false }
        let peer = observe(lax, metadata(WireBytes.property("Identity", "me"))).peer
        #expect(peer == PeerDescription(routingID: Array("me".utf8), minorVersion: 1))
        let wrong = observe(lax, greeting + WireBytes.ready("PULL"))
        #expect(wrong.code == .incompatibleSocketType(name: Array("PULL".utf8)))
    }

    @Test(arguments: ["WALRUS", "", "push", "PUSH\0", "STREAM", "SERVER"])
    func BI_M2_unknownTypesAreRefusedWithAnError(name: String) {
        let transcript = observe(pull, greeting + WireBytes.ready(name))
        let failure = SessionFailure(
            code: .incompatibleSocketType(name: Array(name.utf8)),
            reply: WireBytes.error("Invalid socket type"), retry: .stop)
        #expect(transcript.failure == failure)
    }

    @Test func BI_M3_incompatibleTypesAreRefusedWithAnError() {
        let transcript = observe(pull, greeting + WireBytes.ready("SUB"))
        #expect(transcript.failure?.reply == WireBytes.error("Invalid socket type"))
        #expect(transcript.failure?.retry == .stop)
    }

    @Test(arguments: ["Invalid socket type", "", String(repeating: "x", count: 255)])
    func N10_errorEndsItForGood(reason: String) {
        let transcript = observe(.of(.pull, role: .connector), greeting + WireBytes.error(reason))
        let code = SessionFailure.Code.peerError(reason: Array(reason.utf8))
        #expect(transcript.failure == SessionFailure(code: code, retry: .stop))
    }

    @Test func BI_M4_typeGivenTwice() {
        let twice = WireBytes.property("Socket-Type", "PUSH")
        let transcript = observe(pull, metadata(twice + twice))
        #expect(transcript.code == .invalidMetadata(.duplicateProperty))
    }

    @Test(arguments: ["socket-type", "SOCKET-TYPE", "sOCKET-tYPE"])
    func BI_M5_namesInAnyLetterCase(name: String) {
        let bytes = WireBytes.property(name, "DEALER") + WireBytes.property("IDENTITY", "id")
        let peer = observe(router, metadata(bytes)).peer
        #expect(peer?.socketType == .dealer)
        #expect(peer?.routingID == Array("id".utf8))
    }

    @Test(
        arguments: [
            ("M6", [0, 0, 0, 0, 0], .invalidPropertyName),
            ("M7", [1, 0x20, 0, 0, 0, 0], .invalidPropertyName),
            ("M8", [9, 97], .truncatedMetadata),
            ("M9", [1, 97, 0, 0, 0x10, 0], .truncatedMetadata),
            ("M10", [1, 97, 0x80, 0, 0, 0], .metadataTooLarge),
            ("M10", [1, 97, 255, 255, 255, 255], .metadataTooLarge),
            ("M11", [0x41], .truncatedMetadata),
        ] as [(String, [UInt8], WireError)])
    func BI_M6_M7_M8_M9_M10_M11_malformedMetadata(row: (String, [UInt8], WireError)) {
        let input = greeting + WireBytes.ready("PUSH", row.1)
        #expect(observe(pull, input).failure?.reply == [], "\(row.0)")
        #expect(observe(pull, input).code == .invalidMetadata(row.2), "\(row.0)")
    }

    @Test func BI_M12_aMegabyteOfMetadataIsRefusedByItsHeader() {
        let transcript = observe(pull, greeting + WireBytes.longHeader(4, 1 << 20))
        #expect(transcript.code == violation(.commandTooLarge(announced: 1 << 20)))
    }

    @Test func BI_M12_tooManyProperties() {
        let many = (0..<64).flatMap { WireBytes.property("n\($0)", "") }
        let input = greeting + WireBytes.ready("PUSH", many)
        #expect(observe(pull, input).code == .invalidMetadata(.metadataTooLarge))
    }

    @Test(arguments: [1, 255])
    func BI_M13_identitiesThatAreGood(size: Int) {
        let id = [UInt8](repeating: 9, count: size)
        let input = greeting + WireBytes.ready("DEALER", WireBytes.property("Identity", id))
        #expect(observe(router, input).peer?.routingID == id)
    }

    @Test(arguments: [[0], [0, 1], [UInt8](repeating: 9, count: 256)] as [[UInt8]])
    func BI_M13_identitiesThatAreNot(id: [UInt8]) {
        let input = greeting + WireBytes.ready("DEALER", WireBytes.property("Identity", id))
        #expect(observe(router, input).code == .invalidMetadata(.invalidRoutingID))
    }

    @Test(arguments: [[1], [0], [UInt8](repeating: 0, count: 300)] as [[UInt8]])
    func BI_M14_identityOfATypeThatHasNone(id: [UInt8]) {
        let input = greeting + WireBytes.ready("PUSH", WireBytes.property("Identity", id))
        let peer = observe(pull, input).peer
        #expect(peer == PeerDescription(socketType: .push, minorVersion: 1))
    }

    @Test func BI_M16_valuesAreBytes() {
        let value: [UInt8] = [0, 0xC3, 0x28, 0xFF, 10]
        let input = greeting + WireBytes.ready("PUSH", WireBytes.property("X-raw", value))
        #expect(observe(pull, input).peer?.properties.first?.value == value)
    }

    @Test func BI_M17_ourOwnNamesAreDropped() {
        let names = ["User-Id", "user-id", "Peer-Address", "__fd", "Routing-Id"]
        for name in names {
            let input = greeting + WireBytes.ready("PUSH", WireBytes.property(name, "root"))
            #expect(observe(pull, input).peer?.properties == [], "\(name)")
        }
    }

    // MARK: Order

    @Test(arguments: ["PING", "PONG", "SUBSCRIBE", "CANCEL", "HELLO", "WELCOME", "INITIATE", "X"])
    func BI_P6_commandsBeforeReady(name: String) {
        let transcript = observe(pull, greeting + WireBytes.command(name, [0, 0]))
        let error = WireError.unexpectedCommand(name: Array(name.utf8))
        #expect(transcript.code == violation(error))
    }

    @Test(arguments: [0x00, 0x01, 0x02, 0x03] as [UInt8])
    func BI_F12_messageFramesBeforeReady(flags: UInt8) {
        let transcript = observe(pull, greeting + [flags])
        #expect(transcript.code == violation(.messageBeforeHandshake))
    }

    @Test func BI_F12_readyInAMessageFrameCanBeTolerated() {
        let body = WireBytes.commandBody("READY", WireBytes.property("Socket-Type", "PUSH"))
        let input = greeting + WireBytes.short(0, body)
        #expect(observe(pull, input).code == violation(.messageBeforeHandshake))
        let lax = SessionConfiguration.of(.pull) { $0.strictness.requiresCommandFlag = false }
        #expect(observe(lax, input).peer?.socketType == .push)
        let more = observe(lax, greeting + WireBytes.short(1, body))
        #expect(more.code == violation(.messageBeforeHandshake))
    }

    @Test func F1_flagsCountDuringTheHandshakeToo() {
        #expect(observe(pull, greeting + [0x0C, 0]).code == violation(.reservedFlags(0x0C)))
        #expect(observe(pull, greeting + [0x05, 0]).code == violation(.commandWithMore))
        let lax = SessionConfiguration.of(.pull) { $0.strictness.rejectsReservedFlags = false }
        var ready = WireBytes.ready("PUSH")
        ready[0] |= 0xF0
        #expect(observe(lax, greeting + ready).peer != nil)
    }

    @Test func F6_malformedNamesDuringTheHandshake() {
        for body: [UInt8] in [[], [0], [9, 65]] {
            let transcript = observe(pull, greeting + WireBytes.short(4, body))
            #expect(transcript.code == violation(.malformedCommandName))
        }
    }

    @Test func F3_longFormIsAcceptedForASmallReady() {
        let body = WireBytes.commandBody("READY", WireBytes.property("Socket-Type", "PUSH"))
        #expect(observe(pull, greeting + WireBytes.long(4, body)).peer != nil)
    }

    @Test func limit_handshakeCommandSize() {
        let small = SessionConfiguration.of(.pull) { $0.limits.maxHandshakeCommandSize = 60 }
        let base = WireBytes.commandBody("READY", WireBytes.property("Socket-Type", "PUSH"))
        let room = 60 - base.count - WireBytes.property("X-a", "").count
        for (extra, good) in [(room, true), (room + 1, false)] {
            let value = [UInt8](repeating: 1, count: extra)
            let input = greeting + WireBytes.ready("PUSH", WireBytes.property("X-a", value))
            let transcript = observe(small, input)
            #expect((transcript.peer != nil) == good)
            if !good { #expect(transcript.code == violation(.commandTooLarge(announced: 61))) }
        }
    }

    @Test func limit_handshakeCommandSizeByDefault() {
        for (size, good) in [(64 << 10, true), (64 << 10 + 1, false)] as [(UInt64, Bool)] {
            let transcript = observe(pull, greeting + WireBytes.longHeader(4, size))
            #expect((transcript.failure == nil) == good)
        }
    }

    @Test func N11_retryAfterViolationsCanBeSwitchedOff() {
        let stopping = SessionConfiguration.of(.pull) { $0.reconnectsAfterViolation = false }
        let bad = greeting + WireBytes.short(4, [])
        #expect(observe(pull, bad).failure?.retry == .reconnect)
        #expect(observe(stopping, bad).failure?.retry == .stop)
        let noType = metadata([])
        #expect(observe(pull, noType).failure?.retry == .reconnect)
        #expect(observe(stopping, noType).failure?.retry == .stop)
        // What another program on that port or another configuration caused can change.
        #expect(observe(stopping, [0x47]).failure?.retry == .reconnect)
    }
}
