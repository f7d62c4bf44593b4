#if !canImport(WinSDK)
    /// What a readiness backend knows of a registered descriptor.
    final class ReadinessEntry: PollerEntry {
        /// The bits of an entry's state.
        struct Flags: OptionSet {
            let rawValue: UInt16

            /// In the kernel's set.
            static let registered = Flags(rawValue: 1 << 0)
            /// The last event or receive said that there may be more to read.
            static let readable = Flags(rawValue: 1 << 1)
            /// The peer has closed or the connection is broken: a short read does not mean
            /// "drained".
            static let hungUp = Flags(rawValue: 1 << 2)
            /// A receive is pending.
            static let receiving = Flags(rawValue: 1 << 3)
            static let accepting = Flags(rawValue: 1 << 4)
            static let connecting = Flags(rawValue: 1 << 5)
            /// A `.readable` is wanted.
            static let watching = Flags(rawValue: 1 << 6)
            /// In the ready list.
            static let queued = Flags(rawValue: 1 << 7)
            /// Never blocking, so there is nothing to wait for: a regular file.
            static let alwaysReadable = Flags(rawValue: 1 << 8)
            /// `.hungUp` has been told.
            static let toldHangUp = Flags(rawValue: 1 << 9)
            /// In the list of those that the kernel is to be asked about with the next wait.
            static let asking = Flags(rawValue: 1 << 10)
        }

        var flags: Flags = []

        /// The pieces of the pending send; empty when none is.
        private(set) var vectors = UnsafeMutableBufferPointer<IOVector>(start: nil, count: 0)

        @inline(__always)
        var isSending: Bool { !vectors.isEmpty }

        @inline(__always)
        var descriptor: Int32 { System.descriptor(handle) }

        /// Keeps the pieces of a send that would block.
        func keep(_ pieces: UnsafeBufferPointer<IOVector>) {
            dropVectors()
            vectors = .allocate(capacity: pieces.count)
            _ = vectors.initialize(from: pieces)
        }

        func dropVectors() {
            vectors.deallocate()
            vectors = UnsafeMutableBufferPointer(start: nil, count: 0)
        }

        deinit { vectors.deallocate() }
    }
#endif
