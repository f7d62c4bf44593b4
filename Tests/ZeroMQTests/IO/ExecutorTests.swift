import Synchronization
import Testing

@testable import ZeroMQ

/// An actor that lives on an I/O thread.
private actor Resident {
    let thread: IOThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    var count = 0

    init(_ thread: IOThread) { self.thread = thread }

    func add() -> Bool {
        count += 1
        return thread.isCurrent
    }

    nonisolated func countAssumingIsolated() -> Int { assumeIsolated { $0.count } }
}

@Suite struct ExecutorTests {
    private func started() throws -> IOThread {
        let thread = IOThread(name: "executor", poller: try System.makePoller())
        try thread.start()
        return thread
    }

    @Test func tasksRunOnTheThread() async throws {
        let thread = try started()
        let isThere = await Task(executorPreference: thread) {
            let before = thread.isCurrent
            await Task.yield()
            return before && thread.isCurrent
        }.value
        #expect(isThere)
        #expect(!thread.isCurrent)
        thread.stop()
        thread.join()
    }

    @Test func manyTasksTakeTurns() async throws {
        let thread = try started()
        let total = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask(executorPreference: thread) {
                    var here = 0
                    for _ in 0..<20 {
                        await Task.yield()
                        if thread.isCurrent { here += 1 }
                    }
                    return here
                }
            }
            return await group.reduce(0, +)
        }
        #expect(total == 2000)
        thread.stop()
        thread.join()
    }

    @Test func actorsLiveOnTheThread() async throws {
        let thread = try started()
        let resident = Resident(thread)
        for _ in 0..<10 { #expect(await resident.add()) }
        // A plain command on the thread counts as being inside the actor.
        let count = await Continuation<Int>.suspend { continuation in
            thread.post { continuation.resume(returning: resident.countAssumingIsolated()) }
        }
        #expect(count == 10)
        thread.stop()
        thread.join()
    }

    @Test func assumingWronglyTraps() async {
        await #expect(processExitsWith: .failure) {
            let thread = IOThread(name: "executor", poller: try System.makePoller())
            _ = Resident(thread).countAssumingIsolated()
        }
    }

    @Test func isolationIsAskedOfTheThread() async throws {
        let thread = try started()
        #expect(thread.isIsolatingCurrentContext() == false)
        #expect(thread.isSameExclusiveExecutionContext(other: thread))
        #expect(!thread.isSameExclusiveExecutionContext(other: try started(thenStopped: true)))
        thread.stop()
        thread.join()
    }

    private func started(thenStopped: Bool) throws -> IOThread {
        let thread = try started()
        thread.stop()
        thread.join()
        return thread
    }

    /// A task whose executor is gone would hang for ever if its jobs were dropped.
    @Test func jobsAfterTheEndAreStillRun() async throws {
        let thread = try started()
        thread.stop()
        thread.join()
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask(executorPreference: thread) {
                    await Task.yield()
                    return thread.isCurrent
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 50)
        #expect(results.allSatisfy { $0 })
        let resident = Resident(thread)
        for _ in 0..<10 { #expect(await resident.add()) }
    }

    @Test func stoppingUnderTasksLosesNone() async throws {
        for _ in 0..<20 {
            let thread = try started()
            let count = await withTaskGroup(of: Int.self) { group in
                for index in 0..<20 {
                    group.addTask(executorPreference: thread) {
                        for _ in 0..<10 { await Task.yield() }
                        if index == 10 { thread.stop() }
                        return 1
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(count == 20)
            thread.join()
        }
    }

    @Test func continuationsHandValuesOver() async throws {
        let thread = try started()
        for round in 0..<1000 {
            let value = await Continuation<[Int]>.suspend { continuation in
                thread.post { continuation.resume(returning: [round]) }
            }
            #expect(value == [round])
        }
        await Continuation<Void>.suspend { $0.resume() }
        thread.stop()
        thread.join()
    }
}
