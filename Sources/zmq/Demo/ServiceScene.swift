import ZeroMQ

/// Clients ask a service: REQ and REP.
struct ServiceScene: Scene {
    let name = "service"
    let unit = "round trips"
    let title = "A service and its clients (REQ, REP)"
    let story = [
        "A calculator answers two clients, which wait for each reply.",
        "Then one client asks as fast as it can.",
    ]

    func play(on stage: Stage) async throws -> Double {
        let service = try ReplySocket(stage.context)
        let endpoint = try service.bind(stage.endpoint("calculator"))
        stage.tell("calculator", "waits at \(endpoint)")

        let alice = try RequestSocket(stage.context)
        let bob = try RequestSocket(stage.context)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            // A service on the I/O thread answers where the request arrives: no thread is woken.
            group.addTask(executorPreference: stage.context.ioThreads[0]) {
                try await serve(service, stage)
            }
            return try await stage.with([alice, bob]) {
                try await stage.with([service]) {
                    try alice.connect(endpoint)
                    try bob.connect(endpoint)
                    try await ask(alice, "alice", 6, 7, stage)
                    try await ask(bob, "bob", 12, 12, stage)
                    try await ask(alice, "alice", 191, 7, stage)
                    return try await rate {
                        let reply = try await alice.request("2 3", timeout: .seconds(2))
                        guard reply.string == "6" else { throw ToolError("a wrong reply") }
                        return 1
                    }
                }
            }
        }
    }

    private func ask(
        _ client: RequestSocket, _ name: String, _ a: Int, _ b: Int, _ stage: Stage
    ) async throws {
        stage.tell(name, "asks: \(a) * \(b)")
        let reply = try await client.request(Message("\(a) \(b)"), timeout: .seconds(2))
        stage.tell(name, "reply: \(reply.string ?? "?")")
    }

    /// Multiplies until the socket closes; tells about the first requests.
    private func serve(_ service: ReplySocket, _ stage: Stage) async throws {
        var told = 0
        for try await request in service.messages {
            let numbers = (request.string ?? "").split(separator: " ").compactMap { Int($0) }
            let product = numbers.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
            if told < 3 {
                told += 1
                stage.tell("calculator", "answers \(product)")
            }
            try await service.send(Message("\(product)"))
        }
    }
}
