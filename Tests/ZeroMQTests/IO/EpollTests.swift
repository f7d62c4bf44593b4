#if os(Linux) && !canImport(WinSDK)
    import Glibc
    import Testing

    @testable import ZeroMQ

    /// What only the real backend has: foreign descriptors, limits of the process, signals.
    @Suite struct EpollTests {
        /// Both ends of a pipe, in the blocking mode pipes are born with.
        private struct Pipe {
            let read: Int32
            let write: Int32

            init() throws {
                var ends: [Int32] = [0, 0]
                try #require(pipe(&ends) == 0)
                (read, write) = (ends[0], ends[1])
            }

            func put(_ bytes: [UInt8]) { _ = Glibc.write(write, bytes, bytes.count) }

            func take() {
                var byte: UInt8 = 0
                _ = Glibc.read(read, &byte, 1)
            }
        }

        @Test func watchesAPipeAndLeavesItsMode() throws {
            let loop = try TestLoop(.systemTCP)
            let pipe = try Pipe()
            defer { Glibc.close(pipe.read) }
            let end = try TestEnd(loop, adopting: Handle(raw: Int(pipe.read)), owned: false)
            loop.poller.watch(end.id)
            loop.settle()
            #expect(end.readableCount == 0)
            pipe.put([1, 2])
            loop.run { end.readableCount == 1 }
            // One notice for one request, however much there is.
            loop.settle()
            #expect(end.readableCount == 1)
            // There is still something to read: the next request is answered at once.
            pipe.take()
            loop.poller.watch(end.id)
            loop.run { end.readableCount == 2 }
            pipe.take()
            loop.poller.watch(end.id)
            loop.settle()
            #expect(end.readableCount == 2)
            Glibc.close(pipe.write)
            loop.run { end.readableCount == 3 }
            #expect(fcntl(pipe.read, F_GETFL) & O_NONBLOCK == 0)
            end.retire()
            loop.run { end.isRetired }
            #expect(fcntl(pipe.read, F_GETFD) >= 0, "not owned, so not closed")
        }

        @Test func regularFilesAreAlwaysReadable() throws {
            let loop = try TestLoop(.systemTCP)
            let fd = open("/proc/self/status", O_RDONLY)
            defer { Glibc.close(fd) }
            let end = try TestEnd(loop, adopting: Handle(raw: Int(fd)), owned: false)
            for round in 1...3 {
                loop.poller.watch(end.id)
                loop.run { end.readableCount == round }
            }
        }

        @Test func watchingNothingIsAnError() throws {
            let loop = try TestLoop(.systemTCP)
            let end = try TestEnd(loop, adopting: Handle(raw: -1), owned: false)
            loop.poller.watch(end.id)
            loop.run { end.watchError != nil }
            #expect(end.watchError?.kind == .closed)
        }

        @Test func ownedHandleThatIsNoneIsRefused() throws {
            let loop = try TestLoop(.systemTCP)
            #expect(throws: IOError(.closed, code: EBADF, during: .register)) {
                try TestEnd(loop, adopting: Handle(raw: -1))
            }
            #expect(loop.poller.entryCount == 0)
        }

        @Test func descriptorsAreClosedOnExecAndDoNotBlock() throws {
            let loop = try TestLoop(.systemTCP)
            let connection = try TestConnection(loop)
            for end in [connection.listener, connection.client, connection.server] {
                let fd = Int32(end.handle.raw)
                #expect(fcntl(fd, F_GETFD) & FD_CLOEXEC != 0)
                #expect(fcntl(fd, F_GETFL) & O_NONBLOCK != 0)
            }
        }

        @Test func wakeEndsAWaitEachTime() throws {
            let poller = try System.makePoller()
            var completions: [Completion] = []
            for _ in 0..<100 {
                poller.wake()
                let start = Instant.now()
                try poller.wait(until: start.advanced(by: .seconds(20)), into: &completions)
                #expect(Instant.now() < start.advanced(by: .seconds(10)))
            }
            #expect(completions.isEmpty)
        }

        @Test func waitReturnsByItsDeadline() throws {
            let poller = try System.makePoller()
            var completions: [Completion] = []
            for nanoseconds in [0, 1, 300_000, 3_000_000] as [Int64] {
                let deadline = Instant.now().advanced(by: .nanoseconds(nanoseconds))
                while Instant.now() < deadline {
                    try poller.wait(until: deadline, into: &completions)
                }
                #expect(Instant.now() < deadline.advanced(by: .seconds(10)))
            }
        }

        @Test func L15_brokenPipeSignalDoesNotKill() async {
            await #expect(processExitsWith: .success) {
                signal(SIGPIPE, SIG_DFL)
                let loop = try TestLoop(.systemTCP)
                let connection = try TestConnection(loop)
                connection.server.retire()
                loop.run { connection.server.isRetired }
                while connection.client.sendError == nil {
                    connection.client.send(testPattern(1000))
                    loop.settle()
                }
                exit(EXIT_SUCCESS)
            }
        }

        @Test func L15_interruptedCallsGoUnnoticed() async {
            await #expect(processExitsWith: .success) {
                var action = sigaction()
                action.__sigaction_handler.sa_handler = { _ in }
                try #require(sigaction(SIGUSR1, &action, nil) == 0)
                let target = pthread_self()
                let stop = ThreadParker()
                // Some thousand signals a second, for this thread.
                let tormentor = try OSThread(name: "tormentor") {
                    while !stop.park(until: Instant.now().advanced(by: .microseconds(200))) {
                        pthread_kill(target, SIGUSR1)
                    }
                }
                let loop = try TestLoop(.systemTCP)
                let connection = try TestConnection(loop)
                let bytes = testPattern(1000)
                connection.server.receive()
                for round in 1...100 {
                    connection.client.send(bytes)
                    try #require(
                        loop.run { connection.server.received.count == round * bytes.count })
                    // A wait long enough to be interrupted.
                    loop.pass(.milliseconds(3))
                }
                stop.unpark()
                tormentor.join()
                guard connection.server.receiveError == nil, connection.client.sendError == nil
                else {
                    exit(EXIT_FAILURE)
                }
                exit(EXIT_SUCCESS)
            }
        }

        @Test func L6_exhaustedListenerPausesAndResumes() async {
            await #expect(processExitsWith: .success) {
                let loop = try TestLoop(.systemTCP)
                loop.poller.descriptorReserve = 0
                let listener = try TestEnd.listening(loop)
                let address = try #require(listener.localAddress)
                let clients = try (0..<8).map { _ in try TestEnd.connecting(loop, to: address) }
                // All descriptors but two are taken.
                var limit = rlimit(rlim_cur: 256, rlim_max: 256)
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                var fillers: [Int32] = []
                while case let filler = dup(0), filler >= 0 { fillers.append(filler) }
                for filler in fillers.suffix(2) { Glibc.close(filler) }
                loop.run { !listener.acceptErrors.isEmpty }
                try #require(listener.acceptErrors.map(\.kind) == [.exhausted])
                // Paused: the error does not come again and again.
                loop.settle()
                try #require(listener.acceptErrors.count == 1)
                // Still full: one more error for one more try.
                loop.poller.accept(on: listener.id)
                loop.run { listener.acceptErrors.count == 2 }
                // Two, or fewer when another thread of the process took a descriptor meanwhile.
                try #require(listener.accepted.count <= 2)
                for handle in listener.accepted { loop.poller.close(handle) }
                for client in clients.prefix(4) { client.retire() }
                loop.run { clients.prefix(4).allSatisfy(\.isRetired) }
                // More than are needed: the process has other threads that may take one.
                var left = Array(fillers.dropLast(2))
                for _ in 0..<8 { _ = left.popLast().map { Glibc.close($0) } }
                loop.poller.accept(on: listener.id)
                loop.run { listener.accepted.count == 8 }
                // What runs at exit (a leak checker) may want to open something.
                for filler in left { Glibc.close(filler) }
                exit(EXIT_SUCCESS)
            }
        }

        @Test func noDescriptorIsLeftOpen() async {
            await #expect(processExitsWith: .success) {
                var counts: [Int] = []
                for _ in 0..<3 {
                    for backend in [PollerBackend.systemTCP, .systemLocal] {
                        let loop = try TestLoop(backend)
                        for round in 0..<50 {
                            let connection = try TestConnection(loop)
                            connection.client.send(testPattern(100))
                            connection.server.receive()
                            if round % 2 == 0 { connection.retire() }
                            let refused = try TestEnd.connecting(
                                loop, to: try #require(SocketAddress("@nobody-listens-here")))
                            loop.run { refused.connectError != nil }
                            refused.retire()
                            loop.thread.runTurn(wait: false)
                        }
                        loop.thread.stop()
                    }
                    counts.append(System.openDescriptors())
                }
                exit(counts[1] == counts[0] && counts[2] == counts[0] ? EXIT_SUCCESS : EXIT_FAILURE)
            }
        }
    }
#endif
