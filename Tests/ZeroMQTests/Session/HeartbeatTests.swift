import Testing

@testable import ZeroMQ

struct HeartbeatTests {
    private func configuration(
        interval: Int64? = 100, timeout: Int64? = nil, ttl: Duration? = nil
    ) -> SessionConfiguration {
        .of(.pull) {
            $0.heartbeatInterval = interval.map { .milliseconds($0) }
            $0.heartbeatTimeout = timeout.map { .milliseconds($0) }
            $0.heartbeatTTL = ttl
        }
    }

    private func established(_ configuration: SessionConfiguration) -> SessionDriver {
        var driver = SessionDriver(configuration)
        driver.receive(WireBytes.opening(to: .pull))
        return driver
    }

    /// Lets the session's own timers run up to `end` and tells what they did and when, in ms.
    private func runTimers(
        _ driver: inout SessionDriver, until end: Int64
    ) -> [(Int64, SessionAction)] {
        var events: [(Int64, SessionAction)] = []
        while let deadline = driver.session.deadline, deadline <= .milliseconds(end) {
            let action = driver.timerFired(now: deadline)
            if action != .none { events.append((deadline.nanoseconds / 1_000_000, action)) }
            if events.count > 1000 { break }
        }
        return events
    }

    private let ping = SessionAction.send(WireBytes.ping())

    private func dead(_ code: SessionFailure.Code) -> SessionAction {
        .fail(SessionFailure(code: code))
    }

    // MARK: Our PINGs

    @Test func offByDefault() {
        var driver = established(configuration(interval: nil))
        #expect(runTimers(&driver, until: 1_000_000).isEmpty)
    }

    @Test(arguments: [0, -5] as [Int64])
    func intervalsThatAreNoneMeanOff(interval: Int64) {
        var driver = established(configuration(interval: interval))
        #expect(runTimers(&driver, until: 1_000_000).isEmpty)
    }

    @Test func H1_pingsGoOutEveryInterval() {
        var driver = established(configuration(interval: 100, timeout: 0))
        let first = driver.session.deadline
        #expect(first == .milliseconds(100))
        driver.receive(WireBytes.message("a"), now: .milliseconds(50))
        let events = runTimers(&driver, until: 300)
        #expect(events.map(\.0) == [100, 200, 300])
        #expect(events.allSatisfy { $0.1 == ping })
    }

    @Test func H7_notMoreThanAFewUnanswered() {
        var driver = established(configuration(interval: 100, timeout: 0))
        #expect(runTimers(&driver, until: 2000).map(\.0) == [100, 200, 300])
        driver.receive([0], now: .milliseconds(2050))
        #expect(runTimers(&driver, until: 2600).map(\.0) == [2100, 2200, 2300])
    }

    @Test(
        arguments: [
            (.zero, 0), (.milliseconds(1), 1), (.milliseconds(100), 1), (.milliseconds(101), 2),
            (.seconds(1), 10), (.milliseconds(65_500), 655), (.milliseconds(65_501), 655),
            (.seconds(6553), 655), (.seconds(1 << 40), 655), (.seconds(-1), 0), (nil, 0),
        ] as [(Duration?, UInt16)])
    func H5_ttlIsNeverAbove655Tenths(row: (Duration?, UInt16)) {
        #expect(Heartbeat.advertisedTTL(row.0) == row.1)
        var driver = established(configuration(ttl: row.0))
        let action = driver.timerFired(now: .milliseconds(100))
        #expect(action == .send(WireBytes.ping(ttl: row.1)))
    }

    // MARK: The peer's silence

    @Test func H8_silenceAfterAPingEndsInAnOrdinaryReconnect() {
        var driver = established(configuration(interval: 1000, timeout: 300))
        let events = runTimers(&driver, until: 10_000)
        #expect(events.map(\.0) == [1000, 1300])
        #expect(events.last?.1 == dead(.heartbeatTimeout))
        #expect(SessionFailure(code: .heartbeatTimeout).retry == .reconnect)
    }

    @Test func timeoutIsTheIntervalUnlessSaid() {
        var driver = established(configuration(interval: 1000))
        let events = runTimers(&driver, until: 10_000)
        #expect(events.map(\.0) == [1000, 2000])
        #expect(events.last?.1 == dead(.heartbeatTimeout))
    }

    @Test func timeoutMayBeLongerThanTheInterval() {
        var driver = established(configuration(interval: 100, timeout: 250))
        let events = runTimers(&driver, until: 10_000)
        #expect(events.map(\.0) == [100, 200, 300, 350])
        #expect(events.last?.1 == dead(.heartbeatTimeout))
    }

    @Test func H3_anyByteIsLife() {
        var driver = established(configuration(interval: 1000, timeout: 300))
        // One large frame that drips in: no frame is ever complete.
        driver.receive(WireBytes.longHeader(0, 1 << 20), now: .milliseconds(900))
        for time in stride(from: Int64(1000), through: 100_000, by: 200) {
            let events = runTimers(&driver, until: time)
            #expect(events.allSatisfy { $0.1 == ping })
            driver.receive([1], now: .milliseconds(time))
        }
        #expect(driver.transcript.failure == nil)
        let events = runTimers(&driver, until: 200_000)
        #expect(events.last?.1 == dead(.heartbeatTimeout))
    }

    @Test func H4_theTTLOfThePeer() {
        var driver = established(configuration(interval: nil))
        driver.receive(WireBytes.ping(ttl: 20), now: .milliseconds(500))
        let first = driver.session.deadline
        #expect(first == .milliseconds(2500))
        driver.receive([0], now: .milliseconds(2400))
        let second = driver.session.deadline
        #expect(second == .milliseconds(4400))
        let events = runTimers(&driver, until: 10_000)
        #expect(events.map(\.0) == [4400])
        #expect(events.last?.1 == dead(.ttlExpired))
    }

    @Test(arguments: [(1, 100), (655, 65_500), (656, 65_600), (65_535, 6_553_500)])
    func BI_P2_ttlIsTakenAtItsWord(row: (UInt16, Int64)) {
        var driver = established(configuration(interval: nil))
        driver.receive(WireBytes.ping(ttl: row.0))
        let deadline = driver.session.deadline
        #expect(deadline == .milliseconds(row.1))
    }

    @Test func BI_P2_ttlOfZeroMeansNone() {
        var driver = established(configuration(interval: nil))
        driver.receive(WireBytes.ping(ttl: 10) + WireBytes.ping(ttl: 0))
        let deadline = driver.session.deadline
        #expect(deadline == nil)
    }

    // MARK: Our own pauses

    @Test func H10_silenceWhileWeDoNotReadIsNotHeldAgainstThePeer() {
        var driver = established(configuration(interval: 100, timeout: 150))
        driver.receive(WireBytes.ping(ttl: 3), now: .milliseconds(10))
        driver.session.readingPaused(true, now: .milliseconds(20))
        let events = runTimers(&driver, until: 5000)
        #expect(events.count == 50)
        #expect(events.allSatisfy { $0.1 == ping })
        driver.session.readingPaused(false, now: .milliseconds(5020))
        let after = runTimers(&driver, until: 10_000)
        #expect(after.map(\.0) == [5100, 5170])
        #expect(after.last?.1 == dead(.heartbeatTimeout))
    }

    @Test func H10_ttlRunsAnewAfterAPause() {
        var driver = established(configuration(interval: nil))
        driver.receive(WireBytes.ping(ttl: 3), now: .zero)
        driver.session.readingPaused(true, now: .milliseconds(10))
        let paused = driver.session.deadline
        #expect(paused == nil)
        driver.session.readingPaused(false, now: .milliseconds(9000))
        let resumed = driver.session.deadline
        #expect(resumed == .milliseconds(9300))
    }

    @Test func BI_P7_bytesAfterAPauseAreLife() {
        var driver = established(configuration(interval: 100, timeout: 150))
        driver.session.readingPaused(true, now: .milliseconds(20))
        _ = runTimers(&driver, until: 1000)
        driver.session.readingPaused(false, now: .milliseconds(1010))
        driver.receive(WireBytes.command("PONG"), now: .milliseconds(1010))
        #expect(driver.transcript.refused == [])
        let events = runTimers(&driver, until: 1249)
        #expect(events.map(\.0) == [1100, 1200])
    }

    @Test func BI_X16_aTimerThatCameFarTooLateIsNotThePeersFault() {
        // Stopped for ten seconds: one more timeout to read what is waiting, and only one PING.
        var driver = established(configuration(interval: 100, timeout: 150))
        let first = driver.timerFired(now: .milliseconds(100))
        #expect(first == ping)
        let late = driver.timerFired(now: .milliseconds(10_000))
        #expect(late == ping)
        let again = driver.timerFired(now: .milliseconds(10_000))
        #expect(again == .none)
        let events = runTimers(&driver, until: 20_000)
        #expect(events.last?.0 == 10_150)
        #expect(events.last?.1 == dead(.heartbeatTimeout))
    }

    @Test func aTTLThatIsSeenFarTooLateIsGivenOnceMore() {
        var driver = established(configuration(interval: nil))
        driver.receive(WireBytes.ping(ttl: 10))
        let late = driver.timerFired(now: .milliseconds(5000))
        #expect(late == .none)
        let events = runTimers(&driver, until: 20_000)
        #expect(events.map(\.0) == [6000])
        #expect(events.last?.1 == dead(.ttlExpired))
    }

    @Test func pingAndHeldPongGoOutTogether() {
        let both = SessionConfiguration.of(.pull) {
            $0.heartbeatInterval = .milliseconds(1000)
            $0.limits.maxPongsPerSecond = 1
        }
        var driver = established(both)
        driver.receive(WireBytes.ping([1]) + WireBytes.ping([2]))
        let action = driver.timerFired(now: .milliseconds(1000))
        #expect(action == .send(WireBytes.ping() + WireBytes.command("PONG", [2])))
    }

    @Test func extremeTimesDoNotTrap() {
        for duration in [Duration.seconds(Int64.max), .nanoseconds(1), .seconds(Int64.min)] {
            let extreme = SessionConfiguration.of(.pull) {
                $0.heartbeatInterval = duration
                $0.heartbeatTimeout = duration
                $0.heartbeatTTL = duration
                $0.handshakeTimeout = duration
            }
            for now in [Instant.distantPast, .zero, .distantFuture] {
                var driver = SessionDriver(extreme, now: now)
                driver.receive(WireBytes.opening(to: .pull), now: now)
                _ = driver.timerFired(now: .distantPast)
                _ = driver.timerFired(now: .distantFuture)
                driver.receive(WireBytes.ping(ttl: .max), now: .distantFuture)
                driver.session.readingPaused(true, now: .distantPast)
                driver.session.readingPaused(false, now: .distantFuture)
                _ = driver.timerFired(now: .distantFuture)
                #expect(driver.transcript.faults == [])
            }
        }
    }
}
