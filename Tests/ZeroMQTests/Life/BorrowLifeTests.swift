#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Large bodies that their senders overwrite as soon as they have been sent, over real sockets
    /// whose buffers take only a part of them at once.
    @Suite(.timeLimit(.minutes(1))) struct BorrowLifeTests {
        private static let sizes = [16 * 1024, 200_000, 1024 * 1024, 5_000_000]

        private let narrow = SocketOptions.with {
            $0.sendBuffer = 32 * 1024
            $0.receiveBuffer = 32 * 1024
            $0.sendTimeout = patience
            $0.receiveTimeout = patience
        }

        /// A buffer whose content tells which message it was.
        private struct Body: ~Copyable {
            let memory: UnsafeMutableRawBufferPointer

            init(_ size: Int) {
                memory = .allocate(byteCount: size, alignment: 16)
            }

            deinit { memory.deallocate() }

            /// Sends the body of a round, and overwrites it at once.
            func send(_ round: Int, over socket: some SendingSocket) async throws {
                memory.initializeMemory(as: UInt8.self, repeating: UInt8(round & 0x7F))
                memory.storeBytes(of: round, as: Int.self)
                try await socket.send(UnsafeRawBufferPointer(memory))
                memory.initializeMemory(as: UInt8.self, repeating: 0xEE)
            }

            static func isWhole(_ message: Message, _ size: Int, _ round: Int) -> Bool {
                message.withUnsafeBytes { bytes in
                    guard bytes.count == size, bytes.loadUnaligned(as: Int.self) == round else {
                        return false
                    }
                    // Every so many: a debug build takes its time.
                    let places = Array(stride(from: 8, to: size, by: 509)) + [size - 1]
                    return places.allSatisfy { bytes[$0] == UInt8(round & 0x7F) }
                }
            }
        }

        @Test(arguments: sizes) func pipeline(size: Int) async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: narrow)
                let push = try PushSocket(context, options: narrow)
                try push.connect(try pull.bindLoopback())
                let received = Task {
                    for round in 0..<10 {
                        guard Body.isWhole(try await pull.receive(), size, round) else {
                            return false
                        }
                    }
                    return true
                }
                let body = Body(size)
                for round in 0..<10 { try await body.send(round, over: push) }
                #expect(try await received.value)
            }
        }

        @Test(arguments: sizes) func requestsAndReplies(size: Int) async throws {
            try await withLiveContext { context in
                let reply = try ReplySocket(context, options: narrow)
                let request = try RequestSocket(context, options: narrow)
                try request.connect(try reply.bindLoopback())
                let answering = Task {
                    let body = Body(size)
                    for round in 0..<10 {
                        guard Body.isWhole(try await reply.receive(), size, round) else {
                            return false
                        }
                        try await body.send(round + 1, over: reply)
                    }
                    return true
                }
                let body = Body(size)
                for round in 0..<10 {
                    try await body.send(round, over: request)
                    #expect(Body.isWhole(try await request.receive(), size, round + 1))
                }
                #expect(try await answering.value)
            }
        }
    }
#endif
