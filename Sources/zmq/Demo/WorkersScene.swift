import ZeroMQ

/// A dispatcher gives jobs to whichever worker is free: ROUTER and DEALER.
struct WorkersScene: Scene {
    let name = "workers"
    let unit = "jobs done"
    let title = "A dispatcher and its workers (ROUTER, DEALER)"
    let story = [
        "Three workers say that they are ready; the dispatcher addresses each by its name,",
        "and sends the next job to the one whose result comes back.",
    ]

    /// Jobs a worker has at a time while the rate is measured, so that it never waits.
    private static let window = 16

    func play(on stage: Stage) async throws -> Double {
        let dispatcher = try RouterSocket(stage.context)
        let endpoint = try dispatcher.bind(stage.endpoint("dispatcher"))
        stage.tell("dispatcher", "waits at \(endpoint)")

        let workers = try ["ann", "ben", "cleo"].map { name in
            var options = SocketOptions()
            options.routingID = try RoutingID(name)
            return try DealerSocket(stage.context, options: options)
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers {
                group.addTask { try await work(worker) }
            }
            return try await stage.with(workers) {
                try await stage.with([dispatcher]) {
                    for worker in workers {
                        try worker.connect(endpoint)
                        try await worker.send("ready")
                    }
                    return try await dispatch(dispatcher, workers.count, stage)
                }
            }
        }
    }

    private func work(_ worker: DealerSocket) async throws {
        for try await job in worker.messages {
            let letters = job.string ?? ""
            try await worker.send(Message(String(letters.reversed())))
        }
    }

    private func dispatch(
        _ dispatcher: RouterSocket, _ workerCount: Int, _ stage: Stage
    ) async throws -> Double {
        var free: [Frame] = []
        while free.count < workerCount {
            let hello = try await dispatcher.receive()
            stage.tell("dispatcher", "\(text(hello.first)) is \(text(hello.last))")
            if let id = hello.first { free.append(id) }
        }
        let jobs: [Frame] = ["drawer", "stressed", "lager", "reward"]
        for (index, job) in jobs.enumerated() {
            let id = free[index % free.count]
            stage.tell("dispatcher", "job for \(text(id)): reverse \(text(job))")
            try await dispatcher.send(Message([id, job]))
            let result = try await dispatcher.receive()
            stage.tell("dispatcher", "\(text(result.first)) is done: \(text(result.last))")
        }
        return try await measure(dispatcher, free)
    }

    private func measure(_ dispatcher: RouterSocket, _ workers: [Frame]) async throws -> Double {
        let job: Frame = "desserts"
        for _ in 0..<Self.window {
            for id in workers { try await dispatcher.send(Message([id, job])) }
        }
        return try await rate {
            let result = try await dispatcher.receive()
            guard let id = result.first, result.last == "stressed" else {
                throw ToolError("a wrong result")
            }
            try await dispatcher.send(Message([id, job]))
            return 1
        }
    }

    private func text(_ frame: Frame?) -> String {
        frame?.string ?? "?"
    }
}
