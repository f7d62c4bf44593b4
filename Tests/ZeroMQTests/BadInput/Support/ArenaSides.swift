#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// The bound socket of an arena, and how it exchanges a message with its honest peer.
    struct ArenaSides {
        let bound: any ZeroMQSocket
        let log: Journal
        let endpoint: String
        let exchange: @Sendable (String) async throws -> Void

        init(
            _ kind: Arena.Kind, in context: Context, _ options: SocketOptions, calm: SocketOptions
        ) async throws {
            switch kind {
            case .pull:
                let bound = try PullSocket(context, options: options)
                let honest = try PushSocket(context, options: calm)
                (self.bound, log) = (bound, Journal(bound))
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                exchange = { token in
                    try await honest.send(Message(token))
                    #expect(try await bound.receive() == Message(token))
                }
            case .router:
                let bound = try RouterSocket(context, options: options)
                let honest = try DealerSocket(context, options: calm)
                (self.bound, log) = (bound, Journal(bound))
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                exchange = { token in
                    try await honest.send(Message(token))
                    let question = try await bound.receive()
                    #expect(question.count == 2 && question[1] == Frame(token))
                    try await bound.send(question)
                    #expect(try await honest.receive() == Message(token))
                }
            case .reply:
                let bound = try ReplySocket(context, options: options)
                let honest = try RequestSocket(context, options: calm)
                (self.bound, log) = (bound, Journal(bound))
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                exchange = { token in
                    try await honest.send(Message(token))
                    #expect(try await bound.receive() == Message(token))
                    try await bound.send(Message(token))
                    #expect(try await honest.receive() == Message(token))
                }
            case .dealer:
                let bound = try DealerSocket(context, options: options)
                let honest = try DealerSocket(context, options: calm)
                (self.bound, log) = (bound, Journal(bound))
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                // One way: what it sends goes to its hostile peers in turn, too.
                exchange = { token in
                    try await honest.send(Message(token))
                    #expect(try await bound.receive() == Message(token))
                }
            case .subscriber:
                let bound = try SubscriberSocket(context, options: options)
                let honest = try PublisherSocket(context, options: calm)
                (self.bound, log) = (bound, Journal(bound))
                try bound.subscribe("honest")
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                try await honest.waitForSubscribers(1, timeout: patience)
                exchange = { token in
                    try await honest.send(Message(token))
                    #expect(try await bound.receive() == Message(token))
                }
            case .publisher:
                let bound = try PublisherSocket(context, options: options)
                (self.bound, log) = (bound, Journal(bound))
                let honest = try Self.subscriber(context, calm)
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                try await bound.waitForSubscribers(1, timeout: patience)
                exchange = { token in
                    try await bound.send(Message(token))
                    #expect(try await honest.receive() == Message(token))
                }
            case .xPublisher:
                let bound = try XPublisherSocket(context, options: options)
                (self.bound, log) = (bound, Journal(bound))
                let honest = try Self.subscriber(context, calm)
                endpoint = try bound.bindLoopback()
                try honest.connect(endpoint)
                #expect(try await bound.receive() == Message([1] + Array("honest".utf8)))
                exchange = { token in
                    try await bound.send(Message(token))
                    #expect(try await honest.receive() == Message(token))
                }
            }
        }

        private static func subscriber(
            _ context: Context, _ options: SocketOptions
        ) throws -> SubscriberSocket {
            let honest = try SubscriberSocket(context, options: options)
            try honest.subscribe("honest")
            return honest
        }
    }
#endif
