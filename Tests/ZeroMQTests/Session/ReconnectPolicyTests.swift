import Testing

@testable import ZeroMQ

struct ReconnectPolicyTests {
    private func delays(
        _ policy: ReconnectPolicy, afterFailures failures: Int, count: Int = 2000
    ) -> [Duration] {
        var random = SplitMix64(seed: 42)
        return (0..<count).compactMap { _ in
            policy.delay(afterFailures: failures, using: &random)
        }
    }

    @Test func K2_withoutGrowthTheIntervalGiveOrTakeAHalf() throws {
        let policy = ReconnectPolicy(interval: .milliseconds(100), maximumInterval: nil)
        for failures in [1, 2, 50, Int.max] {
            let delays = delays(policy, afterFailures: failures)
            #expect(delays.allSatisfy { $0 >= .milliseconds(50) && $0 <= .milliseconds(150) })
            #expect(try #require(delays.min()) < .milliseconds(55))
            #expect(try #require(delays.max()) > .milliseconds(145))
        }
    }

    @Test(
        arguments: [
            (0, 100), (1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (6, 1000), (Int.max, 1000),
        ] as [(Int, Int64)])
    func K2_withGrowthAnythingUpToADoublingCeiling(row: (Int, Int64)) throws {
        let policy = ReconnectPolicy(interval: .milliseconds(100), maximumInterval: .seconds(1))
        let delays = delays(policy, afterFailures: row.0)
        let ceiling = Duration.milliseconds(row.1)
        #expect(delays.count == 2000)
        #expect(delays.allSatisfy { $0 >= .milliseconds(1) && $0 <= ceiling })
        #expect(try #require(delays.max()) > ceiling * 9 / 10)
        #expect(try #require(delays.min()) < ceiling / 10)
    }

    @Test func nilMeansNever() {
        let policy = ReconnectPolicy(interval: nil, maximumInterval: .seconds(1))
        #expect(delays(policy, afterFailures: 1).isEmpty)
    }

    @Test(arguments: [Duration.zero, .nanoseconds(1), .seconds(-5)])
    func A6_neverBelowAMillisecond(interval: Duration) {
        for most in [nil, Duration.zero, .milliseconds(2), .seconds(-1)] {
            let policy = ReconnectPolicy(interval: interval, maximumInterval: most)
            let delays = delays(policy, afterFailures: 3)
            #expect(delays.allSatisfy { $0 >= .milliseconds(1) && $0 <= .milliseconds(2) })
        }
    }

    @Test func aMaximumNotAboveTheIntervalMeansNoGrowth() {
        let policy = ReconnectPolicy(
            interval: .milliseconds(100), maximumInterval: .milliseconds(100))
        #expect(
            delays(policy, afterFailures: 9)
                == delays(ReconnectPolicy(interval: .milliseconds(100)), afterFailures: 9))
    }

    @Test func extremeTimesDoNotTrap() {
        let most = Duration.seconds(Int64.max)
        for policy in [
            ReconnectPolicy(interval: most), ReconnectPolicy(interval: most, maximumInterval: most),
            ReconnectPolicy(interval: .nanoseconds(1), maximumInterval: most),
        ] {
            #expect(delays(policy, afterFailures: .max, count: 10).count == 10)
            #expect(delays(policy, afterFailures: .min, count: 10).count == 10)
        }
    }

    @Test func theSameSeedGivesTheSameDelays() {
        let policy = ReconnectPolicy(maximumInterval: .seconds(10))
        #expect(delays(policy, afterFailures: 5) == delays(policy, afterFailures: 5))
    }

    /// 2000 clients lose their server at once and each tries on until ten seconds have passed.
    @Test func L14_aStormIsSpreadOut() throws {
        let policy = ReconnectPolicy(interval: .milliseconds(100), maximumInterval: .seconds(2))
        var random = SplitMix64(seed: 7)
        var buckets = [Int](repeating: 0, count: 100)
        for _ in 0..<2000 {
            var backoff = ReconnectBackoff(policy)
            var time = Duration.zero
            while let delay = backoff.failed(using: &random), time + delay < .seconds(10) {
                time += delay
                buckets[Int(time / .milliseconds(100))] += 1
            }
        }
        // After the first two seconds the rate is even.
        let later = buckets[20...]
        let mean = later.reduce(0, +) / later.count
        #expect(try #require(later.max()) <= 3 * mean)
    }

    @Test func backoffCountsUntilASuccess() {
        var random = SplitMix64(seed: 1)
        var backoff = ReconnectBackoff(ReconnectPolicy(maximumInterval: .seconds(5)))
        for expected in 1...5 {
            #expect(backoff.failed(using: &random) != nil)
            #expect(backoff.failures == expected)
        }
        backoff.succeeded()
        #expect(backoff.failures == 0)
    }

    @Test func generatorIsSplitMix64() {
        // First outputs of the published algorithm for seed 1234567.
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
    }

    @Test func N11_whatEndsForGood() {
        #expect(SessionFailure(code: .handshakeTimeout).retry == .reconnect)
        #expect(SessionFailure(code: .notZMTP).retry == .reconnect)
    }
}
