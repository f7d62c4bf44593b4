#if os(Linux) && !canImport(WinSDK)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif
    import Testing

    @testable import ZeroMQ

    private var isThreadSanitizer: Bool {
        #if TSAN_ANNOTATIONS
            true
        #else
            false
        #endif
    }

    extension OwnProcessTests {
        /// A forked child has its parent's sockets, but not its threads.
        @Suite(.timeLimit(.minutes(1))) struct ForkTests {
            @Test func aChildRefusesEverythingAndWritesNothing() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let push = try PushSocket(context)
                        let pull = try PullSocket(context)
                        let subscriber = try XSubscriberSocket(context)
                        let publisher = try PublisherSocket(context)
                        let endpoint = try pull.bindLoopback()
                        try push.connect(endpoint)
                        try await push.send("before")
                        #expect(try await pull.receive() == "before")
                        try await push.send("waits")
                        await expectSoon("it is there") {
                            guard let side = pull.core.receiveSide else { return false }
                            return side.lock.withLock { side.counters.bytes } == 8 + 7
                        }
                        let calls: [() throws -> Void] = [
                            { try push.sendBlocking("child", timeout: .seconds(1)) },
                            { _ = try push.trySend("child") },
                            { _ = try push.trySend(Message(["child", "x"])) },
                            { _ = try pull.tryReceive() },
                            { _ = try pull.receiveBlocking(timeout: .seconds(1)) },
                            { _ = try subscriber.trySend(Message([1, 2] as [UInt8])) },
                            { try publisher.confirm() }, { try push.connect(endpoint) },
                            { try push.disconnect(endpoint) }, { try pull.unbind(endpoint) },
                            { try push.updateOptions { $0.linger = .zero } },
                            { _ = try push.bindLoopback() }, { _ = try PushSocket(context) },
                        ]
                        #expect(
                            succeedsInChild {
                                calls.allSatisfy { call in
                                    do {
                                        try call()
                                        return false
                                    } catch {
                                        return (error as? ZeroMQError)?.code == .contextLostByFork
                                    }
                                }
                            })
                        try await push.send("after")
                        #expect(try await pull.receive() == "waits")
                        #expect(try await pull.receive() == "after")
                        #expect(pull.statistics.messagesReceived == 3)
                    }
                }
            }

            /// The thread that forks holds a lease, and so does its copy in the child.
            @Test func aChildTakesNothingThatWasLeased() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let push = try PushSocket(context)
                        let pull = try PullSocket(context)
                        try push.connect(try pull.bindLoopback())
                        for _ in 0..<50 { try await push.send("x") }
                        await expectSoon("all are there") {
                            guard let side = pull.core.receiveSide else { return false }
                            return side.lock.withLock { side.counters.bytes } == 50 * 3
                        }
                        var left = 50
                        let refuses = try {
                            while left > 10 { if try pull.tryReceive() != nil { left -= 1 } }
                            return succeedsInChild {
                                do {
                                    _ = try pull.tryReceive()
                                    return false
                                } catch {
                                    return (error as? ZeroMQError)?.code == .contextLostByFork
                                }
                            }
                        }()
                        #expect(refuses)
                        for _ in 0..<left { #expect(try await pull.receive() == "x") }
                        #expect(pull.statistics.messagesReceived == 50)
                    }
                }
            }

            @Test func aChildClosesWithoutWaiting() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let push = try PushSocket(context)
                        let pull = try PullSocket(context)
                        let local = try pull.bind("ipc://*")
                        try push.connect(local)
                        try await push.send("before")
                        #expect(try await pull.receive() == "before")
                        #expect(
                            succeedsInChild {
                                push.closeBlocking(linger: nil)
                                pull.closeBlocking(linger: .zero)
                                context.shutdownBlocking()
                                return push.statistics.peers == 1 && push.lastEndpoint == local
                            })
                        // Connection and path are as they were.
                        try await push.send("after")
                        let late = try PushSocket(context)
                        try late.connect(local)
                        try await late.send("too")
                        #expect(
                            Set([try await pull.receive().string, try await pull.receive().string])
                                == ["after", "too"])
                    }
                }
            }

            /// Threads that held them are not in the child.
            @Test func locksDoNotHoldAChildUp() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let push = try PushSocket(context)
                        let pull = try PullSocket(context)
                        try push.connect(try pull.bindLoopback())
                        try await push.send("before")
                        #expect(try await pull.receive() == "before")
                        _ = (push.statistics, pull.statistics)
                        func forkWithLocksHeld() {
                            push.core.sendSide?.lock.lock()
                            pull.core.receiveSide?.lock.lock()
                            #expect(
                                succeedsInChild {
                                    let sends = (try? push.trySend("x")) == nil
                                    let receives = (try? pull.tryReceive()) == nil
                                    _ = (push.statistics, pull.statistics)
                                    return sends && receives
                                })
                            push.core.sendSide?.lock.unlock()
                            pull.core.receiveSide?.lock.unlock()
                        }
                        forkWithLocksHeld()
                        try await push.send("x")
                        #expect(try await pull.receive() == "x")
                    }
                }
            }

            @Test(.disabled(if: isThreadSanitizer, "it lets no forked child start threads"))
            func aChildMayHaveAContextOfItsOwn() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let old = try PushSocket(context)
                        #expect(
                            succeedsInChild {
                                let own = try Context()
                                let push = try PushSocket(own)
                                let pull = try PullSocket(own)
                                try push.connect(try pull.bindLoopback())
                                try push.sendBlocking("x")
                                // And so may a child of its own.
                                guard try pull.receiveBlocking() == "x",
                                    succeedsInChild({ (try? push.trySend("x")) == nil })
                                else { return false }
                                own.shutdownBlocking(grace: .zero)
                                return (try? old.trySend("x")) == nil
                            })
                    }
                }
            }

            @Test func aTaskOnAnIOThreadMayFork() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let push = try PushSocket(context)
                        let pull = try PullSocket(context)
                        try push.connect(try pull.bindLoopback())
                        let isRefused = await Task(executorPreference: context.ioThreads[0]) {
                            succeedsInChild { (try? push.trySend("x")) == nil }
                        }.value
                        #expect(isRefused)
                        try await push.send("x")
                        #expect(try await pull.receive() == "x")
                    }
                }
            }
        }
    }

    extension PublisherSocket {
        fileprivate func confirm() throws { try core.confirmSubscription([1], isWanted: true) }
    }

    /// Forks; whether `body`, in the child, returned true. One that hangs is ended by an alarm.
    ///
    /// Another thread may have held a lock of Swift's own at that moment, which then is held in the
    /// child for ever: such a child is followed by another. What hangs by itself hangs each time.
    private func succeedsInChild(_ body: () throws -> Bool) -> Bool {
        for _ in 0..<4 {
            let status = statusOfChild(body)
            if status != SIGALRM { return status == 0 }
        }
        return false
    }

    private func statusOfChild(_ body: () throws -> Bool) -> Int32 {
        // Swift hides it, for good reasons.
        typealias Fork = @convention(c) () -> pid_t
        guard let fork = dlsym(nil, "fork").map({ unsafeBitCast($0, to: Fork.self) }) else {
            return -1
        }
        let child = fork()
        if child == 0 {
            // The threads of a pool have all signals blocked.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGALRM)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            alarm(5)
            _exit((try? body()) == true ? 0 : 1)
        }
        var status: Int32 = -1
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }
#endif
