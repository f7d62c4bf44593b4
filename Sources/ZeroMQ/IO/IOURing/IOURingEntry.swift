#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    /// What the io_uring backend knows of a registered descriptor.
    final class IOURingEntry: PollerEntry {
        /// The bits of an entry's state.
        struct Flags: OptionSet {
            let rawValue: UInt32

            // What was asked for.
            static let receiving = Flags(rawValue: 1 << 0)
            static let sending = Flags(rawValue: 1 << 1)
            static let accepting = Flags(rawValue: 1 << 2)
            static let connecting = Flags(rawValue: 1 << 3)
            static let watching = Flags(rawValue: 1 << 4)

            // What is with the kernel.
            static let sharedReceive = Flags(rawValue: 1 << 8)
            static let directReceive = Flags(rawValue: 1 << 9)
            /// It is waited for clients.
            static let accept = Flags(rawValue: 1 << 10)
            static let connect = Flags(rawValue: 1 << 11)
            static let watch = Flags(rawValue: 1 << 12)
            static let hangUp = Flags(rawValue: 1 << 13)
            static let send = Flags(rawValue: 1 << 14)
            /// The receive has been cancelled, and has not come back.
            static let receiveCancelled = Flags(rawValue: 1 << 15)

            // What is known.
            /// A listener, or about to be one.
            static let listens = Flags(rawValue: 1 << 20)
            /// The last receive left something in the kernel.
            static let hasMore = Flags(rawValue: 1 << 21)
            /// Much arrives: it may lend memory before data is there.
            static let streams = Flags(rawValue: 1 << 22)
            /// Its receives go on by themselves. Not those of local sockets: a receive that has
            /// emptied one waits for news, and an end that was there before is none (Linux 6.18).
            static let multishot = Flags(rawValue: 1 << 28)
            /// `.hungUp` has been told.
            static let toldHangUp = Flags(rawValue: 1 << 23)
            /// In the ready list.
            static let queued = Flags(rawValue: 1 << 24)
            /// In the list of those who may not want to receive any more.
            static let listed = Flags(rawValue: 1 << 25)
            /// Sends are copied anyway.
            static let copiesSends = Flags(rawValue: 1 << 26)
            /// The last send was to be made without copying.
            static let triesZeroCopy = Flags(rawValue: 1 << 27)
        }

        var flags: Flags = []
        /// Operations the kernel has not given back. The entry is freed at zero, never before.
        var pending = 0

        /// Received and not handed over yet, in order.
        var held = HeldBytes()
        /// What lies behind that: 0 for the end, or an error.
        var heldEnd: Int32?
        /// Receives in a row that brought little.
        var smallReceives = 0
        /// The turn in which connections were last accepted, and how many.
        var turn: UInt = 0
        var acceptsThisTurn = 0

        /// The headers of what is with the kernel.
        var receiveBlock: MessageBlock?
        var sendBlock: MessageBlock?
        var connectBlock: MessageBlock?
        /// The result of a send without copying, whose memory the kernel still reads.
        var sent: Int32?

        @inline(__always)
        var descriptor: Int32 { System.descriptor(handle) }

        @inline(__always)
        var hasReceived: Bool { !held.isEmpty || heldEnd != nil }

        @inline(__always)
        var isReceivePending: Bool {
            !flags.isDisjoint(with: [.sharedReceive, .directReceive])
        }
    }
#endif
