import Testing

@testable import ZeroMQ

struct SessionPingTests {
    private let pull = SessionConfiguration.of(.pull)
    private let opening = WireBytes.opening(to: .pull)

    private func pong(_ context: [UInt8] = []) -> [UInt8] { WireBytes.command("PONG", context) }

    @Test(arguments: [0, 1] as [UInt8])
    func H6_everyPingIsAnsweredWhateverTheMinorVersion(minor: UInt8) {
        let input =
            WireBytes.opening(to: .pull, minor: minor) + WireBytes.ping() + WireBytes.ping([1, 2])
        #expect(observe(pull, input).sent.suffix(2) == [pong(), pong([1, 2])])
    }

    @Test(arguments: [0, 1, 15, 16])
    func H1_contextIsEchoed(size: Int) {
        let context = (0..<size).map { UInt8($0 + 1) }
        #expect(observe(pull, opening + WireBytes.ping(context)).sent.last == pong(context))
    }

    @Test(arguments: [17, 250, 65_000])
    func BI_P3_longerContextsAreCut(size: Int) {
        let context = [UInt8](repeating: 8, count: size)
        let transcript = run(pull, [opening + WireBytes.ping(context)])
        #expect(transcript.sent.last == pong([UInt8](repeating: 8, count: 16)))
    }

    @Test(arguments: [[], [1]] as [[UInt8]])
    func BI_P1_pingTooShort(data: [UInt8]) {
        let transcript = observe(pull, opening + WireBytes.command("PING", data))
        #expect(transcript.code == .protocolViolation(.malformedCommand(.ping)))
    }

    @Test func BI_P4_unaskedPongsAreCountedButHarmless() {
        let storm = (0..<2000).flatMap { _ in pong() }
        let transcript = run(pull, [opening + storm + WireBytes.message("a")])
        #expect(transcript.refused.count == 2000)
        #expect(transcript.failure == nil)
        #expect(transcript.messages == 1)
    }

    @Test func BI_P4_pongsToOurPingsAreNotCounted() {
        let beating = SessionConfiguration.of(.pull) { $0.heartbeatInterval = .milliseconds(100) }
        var driver = SessionDriver(beating)
        driver.receive(opening)
        _ = driver.timerFired(now: .milliseconds(100))
        driver.receive(pong(), now: .milliseconds(101))
        #expect(driver.transcript.refused == [])
        driver.receive(pong(), now: .milliseconds(102))
        #expect(driver.transcript.refused == [.unaskedPong])
    }

    @Test func BI_P5_aHundredAnswersASecondThenOne() {
        var driver = SessionDriver(pull)
        driver.receive(opening)
        let flood = (0..<500).flatMap { WireBytes.ping([UInt8($0 % 251)]) }
        driver.receive(flood, now: .milliseconds(500))
        #expect(driver.transcript.sent.count == 1 + 100)
        let deadline = driver.session.deadline
        #expect(deadline == .milliseconds(1500))
        let early = driver.timerFired(now: .milliseconds(1499))
        #expect(early == .none)
        let due = driver.timerFired(now: .milliseconds(1500))
        #expect(due == .send(pong([UInt8(499 % 251)])))
        let after = driver.session.deadline
        #expect(after == nil)
        // The shared PONG counts in the second that it opens.
        driver.receive(flood, now: .milliseconds(1600))
        #expect(driver.transcript.sent.count == 1 + 100 + 99)
    }

    @Test func BI_P5_aLaterPingAnswersForTheHeldOnes() {
        let one = SessionConfiguration.of(.pull) { $0.limits.maxPongsPerSecond = 1 }
        var driver = SessionDriver(one)
        driver.receive(opening)
        driver.receive(WireBytes.ping([1]) + WireBytes.ping([2]), now: .zero)
        driver.receive(WireBytes.ping([3]), now: .milliseconds(1000))
        #expect(driver.transcript.sent.suffix(2) == [pong([1]), pong([3])])
        let deadline = driver.session.deadline
        #expect(deadline == nil)
    }

    @Test func BI_P6_pingBeforeTheGreetingEnds() {
        #expect(observe(pull, WireBytes.ping()).code == .notZMTP)
    }

    @Test(arguments: [.request, .reply, .dealer, .router, .pair, .push] as [SocketType])
    func H9_commandsAreNoMessages(type: SocketType) {
        let input = WireBytes.opening(to: type) + WireBytes.ping() + pong() + WireBytes.ping()
        let transcript = observe(.of(type), input)
        #expect(transcript.messages == 0 && transcript.frames == [])
        #expect(transcript.sent.count == 3)
    }
}
