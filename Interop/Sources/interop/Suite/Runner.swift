import Foundation
import Synchronization

/// Runs cells: light ones side by side, heavy ones alone.
final class Runner: Sendable {
    private struct State {
        var queue: [Int] = []
        var outcomes: [Int: Outcome] = [:]
        var done = 0
        var failed = 0
    }

    private let cells: [Cell]
    private let isQuick: Bool
    private let isVerbose: Bool
    private let lanes: Int
    private let repetitions: Int
    private let state = Mutex(State())

    init(
        cells: [Cell], isQuick: Bool, isVerbose: Bool, lanes: Int, repetitions: Int
    ) {
        self.cells = cells
        self.isQuick = isQuick
        self.isVerbose = isVerbose
        self.lanes = lanes
        self.repetitions = repetitions
    }

    func run() -> [Outcome] {
        var light: [Int] = []
        var heavy: [Int] = []
        for (index, cell) in cells.enumerated() {
            if let reason = cell.row.skip(cell.column, isQuick) {
                state.withLock { $0.outcomes[index] = .notRun(reason: reason) }
            } else if isAlone(cell) {
                heavy.append(index)
            } else {
                light.append(index)
            }
        }
        let total = light.count + heavy.count
        runBatch(light, lanes: lanes, total: total)
        runBatch(heavy, lanes: 1, total: total)
        Progress.clear()
        return state.withLock { state in
            cells.indices.map { state.outcomes[$0] ?? .notRun(reason: "not reached") }
        }
    }

    private func isAlone(_ cell: Cell) -> Bool {
        // Wine's server is late to close what a killed process had open while others start and end.
        cell.row.isHeavy || (cell.column.ours == .wine && cell.row.family == "restart")
    }

    private func runBatch(_ batch: [Int], lanes: Int, total: Int) {
        state.withLock { $0.queue = batch.reversed() }
        let group = DispatchGroup()
        for _ in 0..<min(lanes, batch.count) {
            group.enter()
            let thread = Thread {
                self.work(total: total)
                group.leave()
            }
            thread.stackSize = 1 << 20
            thread.start()
        }
        group.wait()
    }

    private func work(total: Int) {
        let crew = Crew(patience: 25)
        defer { crew.dismiss() }
        while let index = state.withLock({ $0.queue.popLast() }) {
            let cell = cells[index]
            let outcome = performRepeatedly(cell, crew)
            let (done, failed) = state.withLock { state in
                state.outcomes[index] = outcome
                state.done += 1
                if case .failed = outcome { state.failed += 1 }
                return (state.done, state.failed)
            }
            report(cell, outcome)
            Progress.show(done: done, of: total, failed: failed, cell.path)
        }
    }

    /// Stops at the first failure.
    private func performRepeatedly(_ cell: Cell, _ crew: Crew) -> Outcome {
        var total = 0.0
        for _ in 0..<repetitions {
            let outcome = Runner.perform(cell, isQuick: isQuick, crew: crew)
            guard case .passed(let seconds) = outcome else { return outcome }
            total += seconds
        }
        return .passed(seconds: total / Double(repetitions))
    }

    private func report(_ cell: Cell, _ outcome: Outcome) {
        switch outcome {
        case .failed(_, let report):
            Progress.print("FAILED \(cell.path): \(report.message)")
        case .passed(let seconds) where isVerbose:
            Progress.print("passed \(cell.path) (\(Int(seconds * 1000)) ms)")
        default:
            break
        }
    }

    /// One cell from opening to closing; whatever was left in an unknown state is killed.
    static func perform(_ cell: Cell, isQuick: Bool, crew: Crew, sabotage: String? = nil)
        -> Outcome
    {
        let start = Date()
        do throws(Failure) {
            try crew.prepare(cell.column)
            let stage = Stage(cell, isQuick: isQuick, crew: crew, sabotage: sabotage)
            try cell.row.run(stage)
            try stage.closeAll()
            return .passed(seconds: Date().timeIntervalSince(start))
        } catch {
            let seconds = Date().timeIntervalSince(start)
            let transcript = crew.transcript()
            crew.discard()
            return .failed(
                seconds: seconds,
                FailureReport(message: error.description, transcript: transcript))
        }
    }
}
