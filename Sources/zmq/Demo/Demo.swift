import ZeroMQ

/// `zmq demo`: parts of a system that exchange messages in this process, over each transport.
enum Demo {
    /// A scene that takes longer than this has failed; the demo goes on with the next.
    private static let sceneLimit = Duration.seconds(5)

    static func run() async throws -> Int32 {
        let context = try Context()
        let narrator = Narrator()
        guard let interrupt = Interrupt(on: context.ioThreads[0]) else {
            throw ToolError("no file descriptors left")
        }
        let ending = try await Ending.first(of: [
            { try await play(context, narrator) },
            { await interrupt.wait() ? .interrupted : .inputEnded },
        ])
        _ = await context.shutdown(grace: .seconds(1))
        return ending == .interrupted || narrator.failures > 0 ? 1 : 0
    }

    private static let scenes: [any Scene] = [
        ServiceScene(), WorkersScene(), FeedScene(), PipelineScene(),
    ]

    private static func play(_ context: Context, _ narrator: Narrator) async throws -> Ending {
        let transports = try await Transport.available(in: context)
        let names = transports.map(\.rawValue)
        let listed = names.dropLast().joined(separator: ", ") + " and \(names.last ?? "")"
        narrator.print("swift-zeromq demo: four scenes, each over \(listed).")
        var summary = Summary(transports: transports)
        for scene in scenes {
            narrator.print("\n\(scene.title)")
            for line in scene.story { narrator.print("  \(line)") }
            for transport in transports {
                let stage = Stage(
                    context: context, transport: transport, name: scene.name, narrator: narrator)
                summary.add(scene, transport, await play(scene, on: stage))
            }
        }
        narrator.print(summary.text(after: narrator.elapsed))
        return .inputEnded
    }

    /// One scene over one transport: what is narrated, then the rate; nil when it failed.
    private static func play(_ scene: any Scene, on stage: Stage) async -> Double? {
        stage.narrator.print("")
        do {
            let rate = try await limited { try await scene.play(on: stage) }
            stage.tell("rate", "\(Summary.readable(rate)) \(scene.unit) per second")
            return rate
        } catch {
            stage.narrator.fail()
            stage.tell("FAILED", (error as? ToolError)?.message ?? "\(error)")
            return nil
        }
    }

    private static func limited(
        _ body: @escaping @Sendable () async throws -> Double
    ) async throws -> Double {
        try await withThrowingTaskGroup(of: Double.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: sceneLimit)
                throw ToolError("no end after \(sceneLimit)")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? 0
        }
    }
}
