#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The outcomes from the kernel: a ring in shared memory.
    struct CompletionQueue {
        private let slots: UnsafeMutablePointer<zeromq_uring_cqe>
        private let head: UnsafeMutablePointer<UInt32>
        private let tail: UnsafeMutablePointer<UInt32>
        private let mask: UInt32
        private var next: UInt32

        init(_ ring: zeromq_uring) {
            slots = ring.cqes
            head = ring.cq_head
            tail = ring.cq_tail
            mask = ring.cq_entries - 1
            next = zeromq_load_acquire(ring.cq_head)
        }

        @inline(__always)
        var isEmpty: Bool { next == zeromq_load_acquire(tail) }

        /// How many outcomes are there.
        @inline(__always)
        var count: UInt32 { zeromq_load_acquire(tail) &- next }

        /// Takes one outcome; only while there is one.
        @inline(__always)
        mutating func take() -> zeromq_uring_cqe {
            let outcome = slots[Int(next & mask)]
            next &+= 1
            return outcome
        }

        /// Gives the slots of what was taken back to the kernel.
        @inline(__always)
        func release() { zeromq_store_release(head, next) }
    }
#endif
