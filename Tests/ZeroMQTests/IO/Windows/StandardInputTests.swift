#if canImport(WinSDK)
    import Testing
    import WinSDK

    @testable import ZeroMQ

    /// Standard input as an event source. It is the whole process', so one test at a time.
    @Suite(.timeLimit(.minutes(1)), .serialized) struct StandardInputTests {
        private static let number = DWORD(bitPattern: -10)

        /// Runs `body` with a pipe as standard input.
        private func withStandardInput(_ body: (WatchedPipe) async throws -> Void) async throws {
            let before = GetStdHandle(Self.number)
            defer { _ = SetStdHandle(Self.number, before) }
            let pipe = try WatchedPipe()
            #expect(SetStdHandle(Self.number, pipe.reader))
            try await body(pipe)
        }

        @Test func eachChunkIsTold() async throws {
            try await withStandardInput { pipe in
                try await withLiveContext { context in
                    let source = EventSource(fileDescriptor: 0, on: context.ioThreads[0])
                    let iterator = source.makeAsyncIterator()
                    for index in 0..<10 {
                        async let event: Void? = iterator.next()
                        #expect(pipe.write([UInt8(index), 10]))
                        #expect(await event != nil)
                        #expect(pipe.read() == [UInt8(index), 10])
                    }
                    async let end: Void? = iterator.next()
                    pipe.end()
                    #expect(await end != nil)
                    #expect(pipe.read() == nil)
                }
            }
        }

        @Test func aWaitIsCancelled() async throws {
            try await withStandardInput { pipe in
                try await withLiveContext { context in
                    let waiting = Task {
                        for await _ in EventSource(fileDescriptor: 0, on: context.ioThreads[0]) {
                            Issue.record("nothing was written")
                        }
                        return true
                    }
                    await Task.yield()
                    waiting.cancel()
                    #expect(await waiting.value)
                    // Nothing was taken away, and it can be waited for again.
                    #expect(pipe.write([1]))
                    let again = EventSource(fileDescriptor: 0, on: context.ioThreads[0])
                    #expect(await again.makeAsyncIterator().next() != nil)
                    #expect(pipe.read() == [1])
                }
            }
        }

        @Test func aContextEndsWhileSomebodyWaits() async throws {
            try await withStandardInput { _ in
                let context = try Context()
                let source = EventSource(fileDescriptor: 0, on: context.ioThreads[0])
                let waiting = Task {
                    for await _ in source { Issue.record("nothing was written") }
                    return true
                }
                await Task.yield()
                _ = await context.shutdown(grace: .zero)
                #expect(await waiting.value)
            }
        }
    }
#endif
