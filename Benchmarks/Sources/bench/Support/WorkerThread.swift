#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A thread of the system that runs one function and hands back its result.
///
/// The blocking API is measured on such threads, as libzmq is: no pool, no executor.
final class WorkerThread<Value: Sendable> {
    private final class Job: Sendable {
        let body: @Sendable () throws -> Value
        // Written by the thread before it ends, read after it was joined.
        nonisolated(unsafe) var result: Result<Value, any Error>?

        init(_ body: @escaping @Sendable () throws -> Value) {
            self.body = body
        }
    }

    private let job: Job
    #if canImport(Darwin)
        private var thread: pthread_t?
    #else
        private var thread = pthread_t()
    #endif

    init(_ body: @escaping @Sendable () throws -> Value) throws {
        job = Job(body)
        let start = Start { [job] in job.result = Result(catching: job.body) }
        let argument = Unmanaged.passRetained(start)
        let code = pthread_create(&thread, nil, runStart, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw BenchmarkError("pthread_create: error \(code)")
        }
    }

    /// Waits for the thread to end. To be called once.
    func join() throws -> Value {
        #if canImport(Darwin)
            if let thread { pthread_join(thread, nil) }
        #else
            pthread_join(thread, nil)
        #endif
        guard let result = job.result else { throw BenchmarkError("the thread left no result") }
        return try result.get()
    }
}

/// A closure in a box that a C function pointer can be given.
private final class Start: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

#if canImport(Darwin)
    private func runStart(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
#else
    private func runStart(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
#endif
