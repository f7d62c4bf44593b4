import Testing

@testable import ZeroMQ

/// Random inputs with fixed seeds: nothing traps, no step breaks the interface, cuts do not matter.
struct SessionFuzzTests {
    /// Whole, in random pieces and byte by byte; tells whether all three agree.
    private func check(
        _ configuration: SessionConfiguration, _ input: [UInt8],
        _ generator: inout TranscriptGenerator, _ comment: Comment
    ) -> Bool {
        let whole = run(configuration, [input])
        let pieces = run(configuration, generator.cut(input))
        let drip = run(configuration, input.indices.map { input[$0..<($0 + 1)] })
        #expect(whole.faults == [], comment)
        #expect(pieces == whole, comment)
        #expect(drip == whole, comment)
        let told = whole.frames.reduce(0) { $0 + $1.count }
        #expect(told <= input.count, comment)
        return whole.faults == [] && pieces == whole && drip == whole
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func FZ5_mutatedTranscripts(seed: UInt64) {
        var generator = TranscriptGenerator(seed: seed)
        var established = 0
        for round in 0..<250 {
            let configuration = generator.configuration()
            let honest = generator.honest(to: configuration.socketType)
            // Mutations behind the handshake are the ones that reach the traffic.
            let kept = generator.chance(60) ? min(honest.count, 64 + 28) : 0
            let input = Array(honest[..<kept]) + generator.mutated(Array(honest[kept...]))
            guard check(configuration, input, &generator, "seed \(seed), round \(round)") else {
                break
            }
            if run(configuration, [input]).peer != nil { established += 1 }
        }
        // Else the corpus has become worthless.
        #expect(established > 60)
    }

    @Test(arguments: [5, 6] as [UInt64])
    func FZ5_honestTranscripts(seed: UInt64) {
        var generator = TranscriptGenerator(seed: seed)
        for round in 0..<100 {
            let configuration = generator.configuration()
            let input = generator.honest(to: configuration.socketType)
            guard check(configuration, input, &generator, "seed \(seed), round \(round)") else {
                break
            }
        }
    }

    @Test(arguments: [7, 8] as [UInt64])
    func FZ1_garbage(seed: UInt64) {
        var generator = TranscriptGenerator(seed: seed)
        for round in 0..<200 {
            let configuration = generator.configuration()
            var input = generator.bytes(generator.number(0...200))
            switch generator.number(0...2) {
            case 0: input = WireBytes.greeting() + input
            case 1: input = WireBytes.opening(to: configuration.socketType) + input
            default: break
            }
            guard check(configuration, input, &generator, "seed \(seed), round \(round)") else {
                break
            }
        }
    }

    @Test func FZ4_commandsAreAValueOrAnErrorAndComeBack() throws {
        var generator = TranscriptGenerator(seed: 9)
        let names = CommandName.allCases.map(\.rawValue) + ["WALRUS"]
        var values = 0
        for _ in 0..<4000 {
            let name = names[generator.number(0...(names.count - 1))]
            var body = WireBytes.commandBody(name, generator.bytes(generator.number(0...30)))
            if generator.chance(50) {
                body =
                    WireBytes.commandBody(
                        "READY", WireBytes.property("X-a", generator.bytes(generator.number(0...9)))
                    )
                    + WireBytes.property("Y", generator.bytes(3))
            }
            if generator.chance(50) { body = generator.mutated(body) }
            let command = try? withBytes(body) { try Command.parse($0, limits: WireLimits()) }
            guard let command else { continue }
            values += 1
            var again: [UInt8] = []
            command.appendBody(to: &again)
            let second = try withBytes(again) { try Command.parse($0, limits: WireLimits()) }
            #expect(second == command)
        }
        #expect(values > 1000)
    }

    @Test(arguments: [10, 11] as [UInt64])
    func FZ13_callsInAnyOrder(seed: UInt64) {
        var generator = TranscriptGenerator(seed: seed)
        for _ in 0..<150 {
            var configuration = generator.configuration()
            configuration.handshakeTimeout = .milliseconds(Int64(generator.number(0...2000)))
            configuration.heartbeatTTL = .milliseconds(Int64(generator.number(0...100_000)))
            var driver = SessionDriver(configuration)
            let honest = generator.honest(to: configuration.socketType)
            let input = generator.chance(50) ? honest : generator.mutated(honest)
            var time: Int64 = 0
            for piece in generator.cut(input) {
                time += Int64(generator.number(-10...200))
                let now = Instant.milliseconds(time)
                driver.receive(piece, now: now)
                anyCall(&driver, &generator, now)
            }
            #expect(driver.transcript.faults == [], "seed \(seed)")
        }
    }

    private func anyCall(
        _ driver: inout SessionDriver, _ generator: inout TranscriptGenerator, _ now: Instant
    ) {
        switch generator.number(0...5) {
        case 0: _ = driver.timerFired(now: now)
        case 1: driver.session.readingPaused(generator.chance(50), now: now)
        case 2: driver.session.bytesArrived(now: now)
        case 3:
            var output: [UInt8] = []
            generator.bytes(3).withUnsafeBytes {
                driver.session.encodeSubscription($0, subscribe: true, into: &output)
            }
            #expect(output.isEmpty == !driver.session.isEstablished)
        case 4:
            if let deadline = driver.session.deadline {
                _ = driver.timerFired(now: deadline)
            }
        default: _ = driver.session.start()
        }
    }
}
