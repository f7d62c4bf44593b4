import Testing

@testable import ZeroMQ

struct SessionGreetingTests {
    private let pull = SessionConfiguration.of(.pull)
    private let ready = WireBytes.ready("PUSH")

    @Test func G4_allSixtyFourBytesGoOutFirst() {
        var session = Session(pull, now: .zero)
        let bytes = session.start()
        #expect(bytes == WireBytes.greeting())
        let established = session.isEstablished
        #expect(!established)
    }

    @Test func G3_greetingHoldsTheLengthOfTheRoutingID() {
        let dealer = SessionConfiguration.of(.dealer) { $0.routingID = [1, 2, 3] }
        var session = Session(dealer, now: .zero)
        let bytes = session.start()
        #expect(bytes[8] == 4)
    }

    @Test func G5_anyFragmentationGivesTheSame() {
        let input = WireBytes.greeting() + ready + WireBytes.message("a") + WireBytes.message("b")
        let transcript = observe(pull, input)
        #expect(transcript.sent == [WireBytes.ready("PULL")])
        #expect(transcript.peer?.socketType == .push)
        #expect(transcript.frames == [Array("a".utf8), Array("b".utf8)])
        #expect(transcript.messages == 2)
    }

    @Test func BI_G1_silenceEndsWithTheDeadline() {
        var driver = SessionDriver(pull)
        let deadline = driver.session.deadline
        #expect(deadline == .milliseconds(30_000))
        let early = driver.timerFired(now: .milliseconds(29_999))
        #expect(early == .none)
        let due = driver.timerFired(now: .milliseconds(30_000))
        #expect(due == .fail(SessionFailure(code: .handshakeTimeout)))
        let after = driver.session.deadline
        #expect(after == nil)
    }

    @Test func BI_G2_partOfAGreetingKeepsNothing() {
        for count in 1..<64 {
            var session = Session(pull, now: .zero)
            let prefix = Array(WireBytes.greeting()[..<count])
            let step = withBytes(prefix) { session.advance($0, now: .zero) }
            #expect(step == .needMore)
            let needed = session.inputNeeded
            #expect(needed == 64)
        }
    }

    @Test func G15_dripDoesNotMoveTheDeadline() {
        let quick = SessionConfiguration.of(.pull) { $0.handshakeTimeout = .milliseconds(1500) }
        var driver = SessionDriver(quick)
        let input = WireBytes.greeting() + ready
        for (index, byte) in input.enumerated() {
            let now = Instant.milliseconds(Int64(index) * 100)
            if let deadline = driver.session.deadline, deadline <= now { break }
            driver.receive([byte], now: now)
        }
        let action = driver.timerFired(now: .milliseconds(1500))
        #expect(action == .fail(SessionFailure(code: .handshakeTimeout)))
    }

    @Test func BI_G3_deadlineCoversReadyToo() {
        let quick = SessionConfiguration.of(.pull) { $0.handshakeTimeout = .milliseconds(1500) }
        var driver = SessionDriver(quick)
        driver.receive(WireBytes.greeting() + ready.dropLast(), now: .milliseconds(1499))
        let deadline = driver.session.deadline
        #expect(deadline == .milliseconds(1500))
        let action = driver.timerFired(now: .milliseconds(1501))
        #expect(action == .fail(SessionFailure(code: .handshakeTimeout)))
    }

    @Test func G15_noTimeoutMeansNoDeadline() {
        let patient = SessionConfiguration.of(.pull) { $0.handshakeTimeout = nil }
        var driver = SessionDriver(patient)
        let deadline = driver.session.deadline
        #expect(deadline == nil)
        let action = driver.timerFired(now: .distantFuture)
        #expect(action == .none)
        driver.receive(WireBytes.greeting() + ready, now: .milliseconds(1 << 40))
        let established = driver.session.isEstablished
        #expect(established)
    }

    @Test func G15_deadlineEndsWithTheHandshake() {
        var driver = SessionDriver(pull)
        driver.receive(WireBytes.greeting() + ready)
        let deadline = driver.session.deadline
        #expect(deadline == nil)
        let action = driver.timerFired(now: .milliseconds(60_000))
        #expect(action == .none)
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n", "*1\r\n$4\r\nPING\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
        "\u{0}\u{1}\u{0}\u{0}\u{0}\u{6}", "\u{1}\u{0}", "\r\n",
    ])
    func BI_G4_otherProtocolsAreClosedAtOnce(text: String) {
        let transcript = observe(pull, Array(text.utf8))
        #expect(transcript.observations == [.failed(SessionFailure(code: .notZMTP))])
    }

    @Test func BI_G5_longHeaderOfAnOldPeer() {
        let old: [UInt8] = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7E, 1, 2, 3]
        #expect(observe(pull, old).code == .notZMTP)
    }

    @Test(arguments: [0x01, 0x03, 0x7D, 0xFF, 0x80] as [UInt8])
    func BI_G6_tenthByteOtherThan7F(tenth: UInt8) {
        #expect(observe(pull, WireBytes.greeting(tenth: tenth)).code == .notZMTP)
    }

    @Test func BI_G7_paddingMayBeAnything() {
        let padding: [UInt8] = [0xDE, 0xAD, 0xBE, 0xEF, 0xFF, 0x7F, 3, 0]
        let transcript = observe(pull, WireBytes.greeting(padding: padding) + ready)
        #expect(transcript.peer != nil)
    }

    @Test(arguments: [0, 1] as [UInt8])
    func BI_G8_versionsOneAndTwoAreRefused(major: UInt8) {
        let input = WireBytes.greeting(major: major) + ready
        #expect(observe(pull, input).code == .unsupportedVersion(major: major))
    }

    @Test(
        arguments: [
            (2, 0, nil), (3, 0, 0), (3, 1, 1), (4, 0, 1), (4, 255, 1), (255, 0, 1),
        ] as [(UInt8, UInt8, UInt8?)])
    func BI_G9_G8_versionsFromThree(row: (UInt8, UInt8, UInt8?)) {
        let input = WireBytes.greeting(major: row.0, minor: row.1) + ready
        let transcript = observe(pull, input)
        #expect(transcript.peer?.minorVersion == row.2)
        if row.2 == nil { #expect(transcript.code == .unsupportedVersion(major: row.0)) }
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 1), (200, 1)] as [(UInt8, UInt8)])
    func BI_G10_minorVersions(row: (UInt8, UInt8)) {
        let transcript = observe(pull, WireBytes.greeting(minor: row.0) + ready)
        #expect(transcript.peer?.minorVersion == row.1)
    }

    @Test func BI_G11_G10_anotherMechanismIsToldWithBothNames() {
        let transcript = observe(pull, WireBytes.greeting(mechanism: Array("CURVE".utf8)))
        let code = SessionFailure.Code.mechanismMismatch(ours: .null, theirs: .curve)
        #expect(transcript.failure == SessionFailure(code: code, retry: .reconnect))
        #expect(transcript.sent == [])
    }

    @Test(arguments: [
        "null", "Null", "NULLX", "NUL", "", "NULL\0X", "NULL ", " NULL", "ABCDEFGHIJKLMNOPQRST",
        "FOO", "PLAIN",
    ])
    func BI_G12_namesThatAreNotOursByteForByte(name: String) {
        let input = WireBytes.greeting(mechanism: Array(name.utf8)) + ready
        guard case .mechanismMismatch(let ours, let theirs)? = observe(pull, input).code else {
            Issue.record("accepted \(name)")
            return
        }
        #expect(ours == .null)
        #expect(Array(theirs.bytes.prefix(name.utf8.count)) == Array(name.utf8))
    }

    @Test func BI_G13_unknownMechanism() {
        let input = WireBytes.greeting(mechanism: Array("FOO".utf8))
        let code = SessionFailure.Code.mechanismMismatch(ours: .null, theirs: MechanismName("FOO"))
        #expect(observe(pull, input).code == code)
    }

    @Test(arguments: [0, 1, 2, 255] as [UInt8])
    func BI_G14_G12_asServerIsNeverAReason(asServer: UInt8) {
        let transcript = observe(pull, WireBytes.greeting(asServer: asServer) + ready)
        #expect(transcript.peer != nil)
    }

    @Test func BI_G15_fillerMayBeAnything() {
        #expect(observe(pull, WireBytes.greeting(filler: 0xA5) + ready).peer != nil)
    }

    @Test func BI_G16_everythingInOneSegment() {
        let messages = (0..<1000).flatMap { WireBytes.message("m\($0)") }
        let transcript = observe(pull, WireBytes.greeting() + ready + messages, stride: 97)
        #expect(transcript.messages == 1000)
        let bytes = WireBytes.greeting() + ready + messages
        let drip = run(pull, bytes.indices.map { bytes[$0..<($0 + 1)] })
        #expect(drip == transcript)
    }

    @Test func BI_G18_aPeerThatWaitsAfterElevenBytesIsNotWaitedFor() {
        // All of ours is out before anything is read, so the peer can always go on.
        var driver = SessionDriver(pull)
        let greeting = WireBytes.greeting()
        driver.receive(greeting[..<10])
        driver.receive(greeting[10..<11])
        #expect(driver.transcript.observations == [])
        driver.receive(greeting[11...])
        #expect(driver.transcript.sent == [WireBytes.ready("PULL")])
    }

    @Test func BI_M18_readyBeforeTheGreeting() {
        #expect(observe(pull, ready + WireBytes.greeting()).code == .notZMTP)
    }

    @Test func G16_whatIsAwaitedBeforeTheHandshakeEndsIsBounded() {
        var driver = SessionDriver(pull)
        driver.receive(WireBytes.greeting() + WireBytes.longHeader(4, 64 << 10))
        let needed = driver.session.inputNeeded
        #expect(needed == 9 + 64 << 10)
        let failure = driver.transcript.failure
        #expect(failure == nil)
    }
}
