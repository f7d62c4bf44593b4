import Synchronization

/// The checks of the poller, one after the other over one I/O thread.
///
/// Each makes its listener and its ends, and has to leave nothing behind.
struct Checks {
    let report = Report()
    let world: World
    private let handlesBefore: Int

    init() throws(IOError) {
        // What Winsock opens once, and the lookup of its functions, is no leak.
        _ = try? WindowsPort()
        handlesBefore = World.handles()
        world = try World()
    }

    func runAll() {
        echoes()
        largeSends()
        cancels()
        refusals()
        cancelledConnects()
        removals()
        resets()
        pauses()
        posts()
        timers()
        shutdown()
    }

    /// Runs `body` on the I/O thread with a new listener and the check's counts.
    func start(
        _ options: ListenOptions = ListenOptions(),
        make: @escaping @Sendable (World, Handle) throws(IOError) -> End,
        _ body: @escaping @Sendable (World, Tally) -> Void
    ) -> Tally {
        let tally = Tally()
        let isRun = world.run { world in
            do throws(IOError) {
                tally.listener = try Listener(world, options, make)
                body(world, tally)
            } catch {
                print("        \(error.description)")
                tally.bad += 1
            }
        }
        if !isRun { tally.bad += 1 }
        return tally
    }

    /// Gives the listener up, and sees that everything has come back.
    func finish(_ what: String, _ tally: Tally) {
        world.run { _ in
            tally.listener?.retire()
            tally.listener = nil
            tally.ends = []
        }
        let isBack = world.ledger.registered.wait()
        let held = world.held()
        let objects = world.ledger.objects.load(ordering: .relaxed)
        let faults = world.ledger.faults.load(ordering: .relaxed)
        let operations = world.ledger.operations.load(ordering: .relaxed)
        report.check(
            "\(what): \(held.entries) entries, \(held.operations) operations, "
                + "\(objects) objects left; \(faults) outcomes out of order",
            isBack && held.entries == 0 && held.operations == 0 && operations == 0
                && objects == 0 && faults == 0)
    }

    /// The thread has ended; all handles it opened are to be closed.
    static func finish(_ checks: consuming Checks) -> Int {
        let report = checks.report
        let before = checks.handlesBefore
        _ = consume checks
        let now = World.handles()
        report.check("the end: \(now - before) handles more than at the start", now == before)
        report.end()
        return report.failed
    }
}
