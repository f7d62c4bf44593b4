import Synchronization

/// The I/O thread: commands, timers, and its end.
extension Checks {
    /// Commands of several threads all run, those of one thread in their order.
    func posts() {
        let (threads, count) = (4, 5000)
        let left = Latch(threads * count)
        let wrong = Latch()
        let world = world
        var started: [OSThread] = []
        for _ in 0..<threads {
            let next = Counter()
            let thread = try? OSThread(name: "poster") {
                for number in 0..<count {
                    world.thread.post {
                        if next.value != number { wrong.add() }
                        next.value = number + 1
                        left.arrive()
                    }
                }
            }
            if let thread { started.append(thread) }
        }
        let isDone = left.wait()
        for thread in started { thread.join() }
        report.check(
            "posts: \(threads * count - left.count) commands of \(started.count) threads, "
                + "\(wrong.count) out of order",
            isDone && started.count == threads && wrong.count == 0)
    }

    /// Timers fire once each, in the order they are due.
    func timers() {
        let count = 50
        let done = Latch(count)
        let fired = Fired(done)
        world.run { world in
            let now = world.thread.now()
            for tag in (0..<UInt8(count)).reversed() {
                let delay = Duration.milliseconds(Int(tag) * 2)
                _ = world.thread.armTimer(at: now.advanced(by: delay), fired, tag: tag)
            }
        }
        let isDone = done.wait()
        report.check(
            "timers: \(fired.tags.count) of \(count) fired, the first due first",
            isDone && fired.tags == Array(0..<UInt8(count)))
    }

    /// The thread ends while the system has hundreds of operations; every end is told.
    func shutdown() {
        let count = 150
        let connected = Latch(count)
        var options = ListenOptions()
        options.stream = Self.smallBuffers
        let tally = start(
            options,
            make: { (world, handle) throws(IOError) -> End in
                let probe = try Probe(world, handle)
                // Once its byte has come this end receives no more, so that sends to it stay.
                probe.receive()
                return probe
            },
            { world, tally in
                for _ in 0..<count {
                    Self.probe(world, tally, connected, Self.smallBuffers) { probe, outcome in
                        switch outcome {
                        case .connected:
                            probe.receive()
                            probe.send(Self.someBytes(1 << 20))
                            connected.arrive()
                        case .retired: tally.good += 1
                        default: break
                        }
                    }
                }
            })
        let isConnected = connected.wait()
        let before = world.held()
        world.thread.stop()
        world.thread.join()
        let after = (entries: world.poller.entryCount, operations: world.poller.pool.pending)
        tally.listener = nil
        tally.ends = []
        let (registered, objects) = (
            world.ledger.registered.count, world.ledger.objects.load(ordering: .relaxed)
        )
        report.check(
            "shutdown with \(before.entries) entries and \(before.operations) operations: "
                + "\(tally.good) of \(count) clients were told",
            isConnected && before.operations >= 2 * count && tally.good == count)
        report.check(
            "shutdown: \(after.entries) entries, \(after.operations) operations, "
                + "\(registered) ends not told, \(objects) objects left",
            after.entries == 0 && after.operations == 0 && registered == 0 && objects == 0
                && world.ledger.operations.load(ordering: .relaxed) == 0
                && world.ledger.faults.load(ordering: .relaxed) == 0)
        report.check("nothing can be posted behind it", !world.thread.post {})
        print(
            "        \(world.ledger.started.load(ordering: .relaxed)) operations in all, "
                + "\(world.ledger.mostOperations.load(ordering: .relaxed)) at one time")
    }

    private static var smallBuffers: StreamOptions {
        var options = StreamOptions()
        options.sendBuffer = 16384
        options.receiveBuffer = 16384
        return options
    }

    /// A number of one thread's.
    private final class Counter: @unchecked Sendable {  // touched on the I/O thread alone
        var value = 0
    }

    /// Writes down which timers fired.
    private final class Fired: IOHandler, @unchecked Sendable {  // read behind the latch
        private(set) var tags: [UInt8] = []
        private let done: Latch

        init(_ done: Latch) { self.done = done }

        func completed(_ outcome: IOOutcome) {}

        func timerFired(_ tag: UInt8) {
            tags.append(tag)
            done.arrive()
        }
    }
}
