#if canImport(Darwin)
    import Darwin
    import Testing

    @testable import ZeroMQ

    /// What only kqueue has: foreign descriptors, of which the kernel knows one request each.
    @Suite struct KqueueTests {
        /// Both ends of a pipe, in the blocking mode pipes are born with.
        private final class Pipe {
            let read: Int32
            private let write: Int32
            private var isOpen = true

            init() throws {
                var ends: [Int32] = [0, 0]
                try #require(pipe(&ends) == 0)
                (read, write) = (ends[0], ends[1])
            }

            deinit {
                end()
                systemClose(read)
            }

            func put(_ bytes: [UInt8]) { systemWrite(write, bytes) }

            func take() { systemRead(read) }

            func end() {
                if isOpen { systemClose(write) }
                isOpen = false
            }

            func watcher(_ loop: TestLoop) throws -> TestEnd {
                try TestEnd(loop, adopting: Handle(raw: Int(read)), owned: false)
            }
        }

        @Test func isTheSystemsPoller() throws {
            #expect(try System.makePoller() is KqueuePoller)
        }

        @Test func watchesAPipeAndLeavesItsMode() throws {
            let loop = try TestLoop(.systemTCP)
            let pipe = try Pipe()
            let end = try pipe.watcher(loop)
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
            pipe.end()
            loop.run { end.readableCount == 3 }
            #expect(fcntl(pipe.read, F_GETFL) & O_NONBLOCK == 0)
            end.retire()
            loop.run { end.isRetired }
            #expect(fcntl(pipe.read, F_GETFD) >= 0, "not owned, so not closed")
        }

        @Test func regularFilesAreAlwaysReadable() throws {
            let loop = try TestLoop(.systemTCP)
            let file = open("/etc/hosts", O_RDONLY)
            defer { systemClose(file) }
            let end = try TestEnd(loop, adopting: Handle(raw: Int(file)), owned: false)
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

        @Test func aDescriptorHasOneWatcherAtATime() throws {
            let loop = try TestLoop(.systemTCP)
            let pipe = try Pipe()
            let (first, second) = (try pipe.watcher(loop), try pipe.watcher(loop))
            loop.poller.watch(first.id)
            loop.poller.watch(second.id)
            loop.run { second.watchError != nil }
            #expect(second.watchError?.code == EEXIST)
            pipe.put([1])
            loop.run { first.readableCount == 1 }
            // The other one's turn.
            loop.poller.watch(second.id)
            loop.run { second.readableCount == 1 }
        }

        @Test func aRetiredWatcherIsNotTold() throws {
            let loop = try TestLoop(.systemTCP)
            let pipe = try Pipe()
            let end = try pipe.watcher(loop)
            loop.poller.watch(end.id)
            loop.settle()
            end.retire()
            pipe.put([1])
            loop.run { end.isRetired }
            loop.settle()
            #expect(end.readableCount == 0 && end.outcomesAfterRetire == 0)
        }
    }

    // Here no property of the same name hides them.

    private func systemRead(_ descriptor: Int32) {
        var byte: UInt8 = 0
        _ = read(descriptor, &byte, 1)
    }

    private func systemWrite(_ descriptor: Int32, _ bytes: [UInt8]) {
        _ = write(descriptor, bytes, bytes.count)
    }

    private func systemClose(_ descriptor: Int32) { _ = close(descriptor) }
#endif
