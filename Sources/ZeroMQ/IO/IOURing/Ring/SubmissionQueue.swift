#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The operations on their way to the kernel: a ring in shared memory.
    ///
    /// What finds the ring full waits in an array behind it, so that starting an operation never
    /// fails and never calls the kernel.
    struct SubmissionQueue {
        private let slots: UnsafeMutablePointer<zeromq_uring_sqe>
        private let head: UnsafeMutablePointer<UInt32>
        private let tail: UnsafeMutablePointer<UInt32>
        private let capacity: UInt32
        private var next: UInt32
        private var spilled: [zeromq_uring_sqe] = []
        private var firstSpilled = 0

        init(_ ring: zeromq_uring) {
            slots = ring.sqes
            head = ring.sq_head
            tail = ring.sq_tail
            capacity = ring.sq_entries
            next = zeromq_load_acquire(ring.sq_tail)
        }

        /// Operations in the ring that the kernel has not taken.
        @inline(__always)
        private var waiting: UInt32 { next &- zeromq_load_acquire(head) }

        /// Whether there is anything the kernel has not taken.
        var isEmpty: Bool { waiting == 0 && !hasSpilled }

        /// Whether the ring was too small for what there is.
        var hasSpilled: Bool { firstSpilled < spilled.count }

        @inline(__always)
        mutating func push(_ operation: zeromq_uring_sqe) {
            if hasSpilled || waiting == capacity {
                spilled.append(operation)
            } else {
                put(operation)
            }
        }

        @inline(__always)
        private mutating func put(_ operation: zeromq_uring_sqe) {
            slots[Int(next & (capacity - 1))] = operation
            next &+= 1
        }

        /// Shows the kernel what is in the ring.
        ///
        /// - Returns: how many operations that are.
        mutating func publish() -> UInt32 {
            while hasSpilled, waiting < capacity {
                put(spilled[firstSpilled])
                firstSpilled += 1
            }
            if !hasSpilled, firstSpilled > 0 {
                spilled.removeAll(keepingCapacity: spilled.count <= 1024)
                firstSpilled = 0
            }
            zeromq_store_release(tail, next)
            return waiting
        }
    }
#endif
