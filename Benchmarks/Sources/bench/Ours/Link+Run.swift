import ZeroMQ

extension Link {
    /// Runs the near end and every peer, each on a thread of its own; when one fails, all sockets
    /// are closed.
    func onThreads<A: Sendable, B: Sendable>(
        near runNear: @escaping @Sendable (Near) throws -> A,
        each runPeer: @escaping @Sendable (Far, Int) throws -> B
    ) throws -> (near: A, peers: [B]) {
        let link = self
        let nearThread = try WorkerThread { try link.guardingBlocking { try runNear(link.near) } }
        let threads = try peers.indices.map { index in
            try WorkerThread {
                try link.guardingBlocking { try runPeer(link.peers[index], index) }
            }
        }
        let results = threads.map { thread in Result { try thread.join() } }
        return try both(Result { try nearThread.join() }, results)
    }

    /// The same with the near end and one peer.
    func onThreads<A: Sendable, B: Sendable>(
        near runNear: @escaping @Sendable (Near) throws -> A,
        far runFar: @escaping @Sendable (Far) throws -> B
    ) throws -> (near: A, far: B) {
        let link = self
        let nearThread = try WorkerThread { try link.guardingBlocking { try runNear(link.near) } }
        let farThread = try WorkerThread { try link.guardingBlocking { try runFar(link.far) } }
        let farResult = Result { try farThread.join() }
        let (near, far) = try both(Result { try nearThread.join() }, [farResult])
        return (near, far[0])
    }

    /// Runs the near end and one peer in two tasks, on the global executor or on the I/O threads of
    /// their contexts.
    func inTasks<A: Sendable, B: Sendable>(
        onIOThreads: Bool = false,
        near runNear: @escaping @Sendable (Near) async throws -> A,
        far runFar: @escaping @Sendable (Far) async throws -> B
    ) async throws -> (near: A, far: B) {
        let link = self
        let executors = onIOThreads ? (contexts.near.ioThreads[0], contexts.far.ioThreads[0]) : nil
        let nearTask = Task.detached(executorPreference: executors?.0) {
            try await link.guarding { try await runNear(link.near) }
        }
        let farTask = Task.detached(executorPreference: executors?.1) {
            try await link.guarding { try await runFar(link.far) }
        }
        let (near, far) = try both(await nearTask.result, [await farTask.result])
        return (near, far[0])
    }

    /// Runs the near end and every peer in tasks on the global executor.
    func inTasks<A: Sendable, B: Sendable>(
        near runNear: @escaping @Sendable (Near) async throws -> A,
        each runPeer: @escaping @Sendable (Far, Int) async throws -> B
    ) async throws -> (near: A, peers: [B]) {
        let link = self
        let nearTask = Task.detached {
            try await link.guarding { try await runNear(link.near) }
        }
        let tasks = peers.indices.map { index in
            Task.detached {
                try await link.guarding { try await runPeer(link.peers[index], index) }
            }
        }
        var results: [Result<B, any Error>] = []
        for task in tasks { results.append(await task.result) }
        return try both(await nearTask.result, results)
    }

    private func guardingBlocking<R>(_ body: () throws -> R) throws -> R {
        do { return try body() } catch {
            near.closeBlocking(linger: .zero)
            for peer in peers { peer.closeBlocking(linger: .zero) }
            throw error
        }
    }

    private func guarding<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        do { return try await body() } catch {
            await near.close(linger: .zero)
            for peer in peers { await peer.close(linger: .zero) }
            throw error
        }
    }
}

/// All values, or the error that came first: not one about a socket closed because of it.
private func both<A, B>(
    _ near: Result<A, any Error>, _ peers: [Result<B, any Error>]
) throws -> (near: A, peers: [B]) {
    if case .failure(let error) = near, (error as? ZeroMQError)?.code != .closed { throw error }
    for case .failure(let error) in peers where (error as? ZeroMQError)?.code != .closed {
        throw error
    }
    return (try near.get(), try peers.map { try $0.get() })
}
