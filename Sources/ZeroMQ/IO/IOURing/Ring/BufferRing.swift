#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// Buffers that the kernel may fill: it picks one when data is there, so that a connection
    /// without any holds none.
    ///
    /// Under the address sanitizer nobody may touch a buffer while it is the kernel's.
    struct BufferRing {
        /// The name of the only group there is.
        static let group: UInt16 = 0

        let size: Int
        let count: Int
        /// Buffers that are the kernel's now.
        private(set) var available: Int
        private let slots: UnsafeMutablePointer<zeromq_uring_buffer>
        private let memory: UnsafeMutableRawPointer
        private let slotBytes: Int
        private var tail: UInt16 = 0

        /// - Parameters:
        ///   - count: a power of two, at most 32 768.
        ///   - size: a multiple of eight.
        init(fd: Int32, count: Int, size: Int) throws(IOError) {
            let slotBytes = count * MemoryLayout<zeromq_uring_buffer>.stride
            guard let slotMemory = zeromq_pages_allocate(slotBytes) else {
                throw IOError(.exhausted, during: .openPoller)
            }
            guard let memory = zeromq_pages_allocate(count * size) else {
                zeromq_pages_free(slotMemory, slotBytes)
                throw IOError(.exhausted, during: .openPoller)
            }
            slots = slotMemory.bindMemory(to: zeromq_uring_buffer.self, capacity: count)
            self.memory = memory
            self.slotBytes = slotBytes
            self.count = count
            self.size = size
            available = 0
            let code = zeromq_uring_register_buffers(
                fd, slots, UInt32(truncatingIfNeeded: count), Self.group)
            if code < 0 {
                free()
                throw IOError(systemCode: -code, during: .openPoller)
            }
            for id in 0..<count { giveBack(UInt16(truncatingIfNeeded: id)) }
            publish()
        }

        /// The kernel has filled a buffer: it is ours until given back.
        mutating func take(_ id: UInt16) -> UnsafeMutableRawPointer? {
            guard Int(id) < count else { return nil }
            available -= 1
            let base = memory + Int(id) * size
            SystemMemory.note(base, of: size, isLent: true)
            return base
        }

        /// Gives a buffer back; the kernel sees it after `publish`.
        mutating func giveBack(_ id: UInt16) {
            let base = memory + Int(id) * size
            SystemMemory.note(base, of: size, isLent: false)
            let slot = slots + Int(tail) & (count - 1)
            // Field by field: the tail lies in the last one of the first slot.
            slot.pointee.address = UInt64(UInt(bitPattern: base))
            slot.pointee.length = UInt32(truncatingIfNeeded: size)
            slot.pointee.id = id
            tail &+= 1
            available += 1
        }

        @inline(__always)
        func publish() { zeromq_uring_publish_buffers(slots, tail) }

        /// Frees the memory; once the ring is closed.
        func free() {
            SystemMemory.note(memory, of: count * size, isLent: true)
            zeromq_pages_free(memory, count * size)
            zeromq_pages_free(slots, slotBytes)
        }
    }
#endif
