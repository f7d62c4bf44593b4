import ZeroMQ

extension Link {
    /// Runs both ends, each on a thread of its own; when one fails, the other's socket is closed.
    func onThreads<A: Sendable, B: Sendable>(
        near runNear: @escaping @Sendable (Near) throws -> A,
        far runFar: @escaping @Sendable (Far) throws -> B
    ) throws -> (near: A, far: B) {
        let (near, far) = (near, far)
        let nearThread = try WorkerThread {
            do { return try runNear(near) } catch {
                far.closeBlocking(linger: .zero)
                throw error
            }
        }
        let farThread = try WorkerThread {
            do { return try runFar(far) } catch {
                near.closeBlocking(linger: .zero)
                throw error
            }
        }
        let nearResult = Result { try nearThread.join() }
        let farResult = Result { try farThread.join() }
        return try both(nearResult, farResult)
    }

    /// The same in two tasks on the global executor.
    func inTasks<A: Sendable, B: Sendable>(
        near runNear: @escaping @Sendable (Near) async throws -> A,
        far runFar: @escaping @Sendable (Far) async throws -> B
    ) async throws -> (near: A, far: B) {
        let (near, far) = (near, far)
        let nearTask = Task.detached {
            do { return try await runNear(near) } catch {
                await far.close(linger: .zero)
                throw error
            }
        }
        let farTask = Task.detached {
            do { return try await runFar(far) } catch {
                await near.close(linger: .zero)
                throw error
            }
        }
        return try both(await nearTask.result, await farTask.result)
    }
}

/// Both values, or the error that came first: not the one about the socket closed because of it.
private func both<A, B>(
    _ a: Result<A, any Error>, _ b: Result<B, any Error>
) throws -> (near: A, far: B) {
    if case .failure(let error) = a, (error as? ZeroMQError)?.code == .closed { _ = try b.get() }
    return (try a.get(), try b.get())
}
