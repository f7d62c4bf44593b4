#if canImport(WinSDK)
    import Testing
    import WinSDK

    @testable import ZeroMQ

    /// What cannot be associated with a port is watched by a thread.
    @Suite(.timeLimit(.minutes(1))) struct WatchTests {
        private final class Watcher: IOHandler {
            var readable = 0
            var isRetired = false
            var failures: [IOError] = []

            func completed(_ outcome: IOOutcome) {
                switch outcome {
                case .readable: readable += 1
                case .retired: isRetired = true
                case .watchFailed(let error): failures.append(error)
                default: Issue.record("\(outcome)")
                }
            }
        }

        @Test func dataInChunksAndTheEnd() throws {
            let loop = try TestLoop(.systemTCP)
            let before = loop.ledger
            try {
                let pipe = try WatchedPipe()
                let watcher = Watcher()
                let id = try loop.poller.register(pipe.handle, watcher, owned: false)
                for index in 1...20 {
                    loop.poller.watch(id)
                    let chunk = [UInt8](repeating: UInt8(index), count: index)
                    // Before the thread waits, or while it does.
                    if index % 2 == 0 { loop.pass(.milliseconds(3)) }
                    #expect(watcher.readable == index - 1)
                    #expect(pipe.write(chunk))
                    loop.run { watcher.readable == index }
                    #expect(pipe.read() == chunk)
                }
                loop.poller.watch(id)
                pipe.end()
                loop.run { watcher.readable == 21 }
                #expect(pipe.read() == nil)
                // At the end it stays readable.
                loop.poller.watch(id)
                loop.run { watcher.readable == 22 }
                loop.poller.retire(id)
                loop.run { watcher.isRetired }
                #expect(watcher.failures.isEmpty)
            }()
            loop.expectBack(to: before)
        }

        @Test func aWriteOfNothingIsNothing() throws {
            let loop = try TestLoop(.systemTCP)
            let pipe = try WatchedPipe()
            let watcher = Watcher()
            let id = try loop.poller.register(pipe.handle, watcher, owned: false)
            loop.poller.watch(id)
            #expect(pipe.write([]))
            loop.settle()
            #expect(pipe.write([7]))
            loop.run { watcher.readable == 1 }
            #expect(pipe.read() == [7])
            loop.poller.retire(id)
            loop.run { watcher.isRetired }
        }

        @Test func retiredWhileTheThreadWaits() throws {
            let loop = try TestLoop(.systemTCP)
            let pipe = try WatchedPipe()
            let before = loop.ledger
            for round in 0..<50 {
                let watcher = Watcher()
                let id = try loop.poller.register(pipe.handle, watcher, owned: false)
                loop.poller.watch(id)
                // At every moment of the thread's life.
                if round % 3 > 0 { loop.pass(.milliseconds(Int64(round % 3))) }
                loop.poller.retire(id)
                loop.run { watcher.isRetired }
                #expect(watcher.readable == 0 && watcher.failures.isEmpty)
            }
            loop.expectBack(to: before)
            // The pipe is as it was.
            #expect(pipe.write([1, 2, 3]))
            #expect(pipe.read() == [1, 2, 3])
        }

        @Test func closedWhileThreadsWait() throws {
            let before = System.openHandles()
            try {
                let pipes = try (0..<5).map { _ in try WatchedPipe() }
                let watcher = Watcher()
                let loop = try TestLoop(.systemTCP)
                for pipe in pipes {
                    loop.poller.watch(
                        try loop.poller.register(pipe.handle, watcher, owned: false))
                }
                loop.settle()
                let start = Instant.now()
                loop.thread.stop()
                // Far less than the time after which a port gives up.
                #expect(Instant.now().duration(since: start) < .seconds(4))
                #expect(watcher.isRetired && watcher.readable == 0)
            }()
            while System.openHandles() > before { System.pause(milliseconds: 1) }
            #expect(System.openHandles() == before)
        }

        @Test func filesCanAlwaysBeRead() throws {
            let loop = try TestLoop(.systemTCP)
            let path = System.temporaryDirectory + Array("/zmq-watch-\(System.processID)".utf8)
            let (readWrite, createAlways): (DWORD, DWORD) = (0xC000_0000, 2)
            let file = try #require(
                System.withWide(path) { CreateFileW($0, readWrite, 0, nil, createAlways, 0, nil) })
            let watcher = Watcher()
            let id = try loop.poller.register(
                Handle(raw: Int(bitPattern: file)), watcher, owned: false)
            for count in 1...3 {
                loop.poller.watch(id)
                loop.run { watcher.readable == count }
            }
            loop.poller.retire(id)
            loop.run { watcher.isRetired }
            #expect(CloseHandle(file) && System.removeFile(path))
        }

        @Test func socketsOfOthers() throws {
            let loop = try TestLoop(.systemTCP)
            let listener = try System.openListener(
                SocketAddress(ipv4: 0x7f00_0001, port: 0), ListenOptions())
            let watcher = Watcher()
            let id = try loop.poller.register(listener, watcher, owned: false)
            loop.poller.watch(id)
            loop.settle()
            #expect(watcher.readable == 0)
            let address = try #require(System.localAddress(of: listener))
            let client = try System.openStream(for: address, StreamOptions())
            #expect(System.startConnect(client, to: address) == 0)
            loop.run { watcher.readable == 1 }
            loop.poller.retire(id)
            loop.run { watcher.isRetired }
            System.close(client)
            System.close(listener)
        }

        @Test func whatIsNoHandleFails() throws {
            let loop = try TestLoop(.systemTCP)
            let watcher = Watcher()
            let id = try loop.poller.register(Handle(raw: 0x7FFF_FFF0), watcher, owned: false)
            loop.poller.watch(id)
            loop.run { !watcher.failures.isEmpty }
            #expect(watcher.failures.map(\.operation) == [.watch])
            loop.poller.retire(id)
            loop.run { watcher.isRetired }
        }
    }
#endif
