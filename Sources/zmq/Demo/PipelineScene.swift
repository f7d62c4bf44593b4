import ZeroMQ

/// Tasks flow from a source through parallel workers into a sink: PUSH and PULL.
struct PipelineScene: Scene {
    let name = "pipeline"
    let unit = "tasks through"
    let title = "A pipeline (PUSH, PULL)"
    let story = [
        "The source deals out tasks in turn; two mills work on them at the same time;",
        "the sink collects the results. A full queue makes the sender wait, so none is lost.",
    ]

    private static let round = 10_000

    func play(on stage: Stage) async throws -> Double {
        let source = try PushSocket(stage.context)
        let sink = try PullSocket(stage.context)
        let results = try sink.bind(stage.endpoint("sink"))
        stage.tell("sink", "collects at \(results)")

        let inputs = try (0..<2).map { _ in try PullSocket(stage.context) }
        let outputs = try (0..<2).map { _ in try PushSocket(stage.context) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, (input, output)) in zip(inputs, outputs).enumerated() {
                let name = "mill \(index + 1)"
                let tasks = try input.bind(stage.endpoint(name))
                stage.tell(name, "takes tasks at \(tasks)")
                try source.connect(tasks)
                try output.connect(results)
                group.addTask { try await mill(name, input, output) }
            }
            return try await stage.with(outputs + [source]) {
                try await stage.with(inputs + [sink]) {
                    try await show(source, sink, stage)
                    return try await rate {
                        async let arrived: Void = collect(Self.round, from: sink)
                        for _ in 0..<Self.round { try await source.send("grain") }
                        try await arrived
                        return Self.round
                    }
                }
            }
        }
    }

    private func show(_ source: PushSocket, _ sink: PullSocket, _ stage: Stage) async throws {
        let grains = ["wheat", "rye", "oats", "barley"]
        for grain in grains {
            stage.tell("source", "task: grind \(grain)")
            try await source.send(Message("grind \(grain)"))
        }
        for _ in grains {
            let result = try await sink.receive()
            stage.tell("sink", "got \(result.string ?? "?")")
        }
    }

    /// Works until its input closes.
    private func mill(
        _ name: String, _ input: PullSocket, _ output: PushSocket
    ) async throws {
        for try await task in input.messages {
            if let text = task.string, text.hasPrefix("grind ") {
                try await output.send(Message("\(text.dropFirst(6)) flour from \(name)"))
            } else {
                try await output.send(task)
            }
        }
    }

    private func collect(_ count: Int, from sink: PullSocket) async throws {
        for _ in 0..<count { _ = try await sink.receive() }
    }
}
