import Synchronization

/// Connections that end otherwise than in order, or do not come about.
extension Checks {
    /// Receives that wait for nothing are cancelled.
    func cancels() {
        let count = 100
        let connected = Latch(count)
        let tally = start(make: Self.makeEcho) { world, tally in
            for _ in 0..<count {
                Self.probe(world, tally, connected) { probe, outcome in
                    if case .connected = outcome {
                        probe.receive()
                        connected.arrive()
                    }
                }
            }
        }
        let isConnected = connected.wait()
        let before = world.ledger.aborted.load(ordering: .relaxed)
        world.run { _ in for end in tally.ends { end.retire() } }
        // All but the listener.
        let isRetired = world.ledger.registered.wait(for: 1)
        let aborted = world.ledger.aborted.load(ordering: .relaxed) - before
        report.check(
            "cancels: \(aborted) receives of \(count) clients were aborted",
            isConnected && isRetired && aborted == count && tally.bad == 0)
        finish("cancels", tally)
    }

    /// Nobody listens.
    func refusals() {
        let count = 20
        let done = Latch(count)
        let tally = start(make: Self.makeEcho) { world, tally in
            // The port is free again when its listener is.
            tally.listener?.retire()
        }
        let isFree = world.ledger.registered.wait()
        world.run { world in
            for _ in 0..<count {
                Self.probe(world, tally, done) { probe, outcome in
                    if case .connectFailed(let error) = outcome {
                        if error.kind == .refused { tally.good += 1 }
                        probe.retire()
                        done.arrive()
                    }
                }
            }
        }
        let isDone = done.wait()
        report.check(
            "refusals: \(tally.good) of \(count) connects were refused",
            isFree && isDone && tally.good == count)
        finish("refusals", tally)
    }

    /// Connects that are given up at once.
    func cancelledConnects() {
        let count = 100
        let done = Latch(count)
        let tally = start(make: Self.makeEcho) { world, tally in
            for _ in 0..<count {
                Self.probe(world, tally, done) { _, outcome in
                    if case .retired = outcome { tally.good += 1 } else { tally.bad += 1 }
                    done.arrive()
                }
            }
            for end in tally.ends { end.retire() }
        }
        let isDone = done.wait()
        report.check(
            "cancelled connects: \(tally.good) of \(count) were told that they are retired, "
                + "and nothing else",
            isDone && tally.good == count && tally.bad == 0)
        finish("cancelled connects", tally)
    }

    /// Clients that close with bytes unread.
    func resets() {
        let count = 50
        let done = Latch(count)
        let tally = start(make: Self.makeEcho) { world, tally in
            tally.listener?.onAccept = { end in
                guard let echo = end as? EchoEnd else { return }
                echo.onEnd = { error in
                    if error?.kind == .reset { tally.good += 1 }
                    done.arrive()
                }
            }
            for _ in 0..<count {
                // One byte of a hundred is read: the others are there too then.
                Self.probe(world, tally, room: 1, done) { probe, outcome in
                    switch outcome {
                    case .connected: probe.send(Self.someBytes(100))
                    case .sent: probe.receive()
                    case .received: probe.retire()
                    default: break
                    }
                }
            }
        }
        let isDone = done.wait()
        report.check(
            "resets: \(tally.good) of \(count) connections were reset by their clients",
            isDone && tally.good == count)
        finish("resets", tally)
    }

    /// While accepting is paused connections wait; none is lost.
    func pauses() {
        let count = 60
        let (connected, answered) = (Latch(count), Latch(count))
        let tally = start(make: Self.makeEcho) { world, tally in
            guard let listener = tally.listener else { return }
            world.poller.pauseAccepting(on: listener.id)
            for _ in 0..<count {
                Self.probe(world, tally, connected) { probe, outcome in
                    switch outcome {
                    case .connected:
                        connected.arrive()
                        probe.send(Self.someBytes(10))
                        probe.receive()
                    case .received(let count):
                        tally.good += count
                        if tally.listener?.accepted == 0 { tally.bad += 1 }
                        probe.retire()
                        answered.arrive()
                    default: break
                    }
                }
            }
        }
        let isConnected = connected.wait()
        let early = Latch(-1)
        world.run { world in
            guard let listener = tally.listener else { return }
            early.set(listener.accepted)
            world.poller.accept(on: listener.id)
        }
        let isAnswered = answered.wait()
        report.check(
            "pauses: \(early.count) accepted while paused, "
                + "\(tally.good) bytes of \(count) clients behind it",
            isConnected && isAnswered && early.count == 0
                && tally.good == 10 * count && tally.bad == 0)
        finish("pauses", tally)
    }

    // MARK: Plumbing

    /// A client that is kept in the tally.
    static func probe(
        _ world: World, _ tally: Tally, room: Int = 4096, _ done: Latch,
        _ options: StreamOptions = StreamOptions(),
        _ onOutcome: @escaping (Probe, IOOutcome) -> Void
    ) {
        do throws(IOError) {
            let probe = try Probe(world, to: tally.address, room: room, options, onOutcome)
            tally.ends.append(probe)
        } catch {
            tally.bad += 1
            done.arrive()
        }
    }

    /// Bytes that stay where they are.
    static func someBytes(_ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: block[..<min(count, block.count)])
    }

    // Unsafe: written once, before anybody reads it.
    nonisolated(unsafe) private static let block: UnsafeRawBufferPointer = {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0x5A)
        return UnsafeRawBufferPointer(memory)
    }()
}
