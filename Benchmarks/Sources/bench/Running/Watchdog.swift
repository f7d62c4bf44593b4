import Dispatch
import Synchronization

/// Ends the process when a round does not end, so that a lost message cannot hang a run for ever.
final class Watchdog {
    private let watch: Watch
    private let timer: any DispatchSourceTimer

    /// - Parameter beforeGivingUp: saves what there is; called on a thread of its own.
    init(beforeGivingUp: @escaping @Sendable () -> Void = {}) {
        watch = Watch(beforeGivingUp)
        timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler { [watch] in watch.check() }
        timer.resume()
    }

    deinit {
        timer.cancel()
    }

    /// Runs `body`, which has to return within `seconds`.
    func guarding<R>(_ name: String, seconds: Double, _ body: () throws -> R) rethrows -> R {
        watch.state.withLock { $0 = (name, DispatchTime.now() + seconds) }
        defer { watch.state.withLock { $0 = nil } }
        return try body()
    }

    private final class Watch: Sendable {
        let state = Mutex<(name: String, deadline: DispatchTime)?>(nil)
        private let beforeGivingUp: @Sendable () -> Void

        init(_ beforeGivingUp: @escaping @Sendable () -> Void) {
            self.beforeGivingUp = beforeGivingUp
        }

        func check() {
            guard let (name, deadline) = state.withLock({ $0 }), .now() > deadline else { return }
            Terminal.write("\n\(name): no end in sight, giving up\n")
            beforeGivingUp()
            Terminal.abandon(status: 3)
        }
    }
}
