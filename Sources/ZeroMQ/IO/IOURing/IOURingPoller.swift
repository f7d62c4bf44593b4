#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The other Linux backend: io_uring.
    ///
    /// Operations are handed to the kernel in a ring, all those of a turn in the one call that
    /// waits for outcomes. Receiving goes on by itself (multishot): the kernel puts what arrives
    /// into buffers of a common ring, so that an idle connection holds none, and it is copied into
    /// what the handler lends. Where much arrives that copy is saved: such a connection lends its
    /// memory to the kernel directly.
    ///
    /// A descriptor that is given up is *retired*: what is pending on it is cancelled, and only
    /// when the kernel has given all of it back is it closed, `.retired` told, and the entry freed.
    ///
    /// Containers often forbid io_uring, and kernels before Linux 6.0 lack half of it: then `init`
    /// throws.
    final class IOURingPoller: Poller, @unchecked Sendable {
        // `event` never changes; all else is used on the I/O thread alone.

        let configuration: IOURingConfiguration
        var ring: IOURing
        var buffers: BufferRing
        /// A counter that is written but never read: each write makes its poll report once.
        let event: Int32

        var entries = EntryTable<IOURingEntry>()
        var blocks = MessageBlockPool()
        /// Entries that have something to be told.
        var ready: [IOURingEntry] = []
        /// Entries that may not want to receive any more.
        var listed: [IOURingEntry] = []
        /// Given up, and waiting for the kernel to let go.
        var retired: [IOURingEntry] = []
        /// Outcomes for the next `wait` to hand out.
        var collected: [Completion] = []
        var isClosed = false
        /// The kernel may still write to the shared buffers: they are not freed.
        var keepsBuffers = false
        /// The number of this turn.
        var turns: UInt = 0
        var isWakePending = false
        /// See ``Poller/descriptorReserve``.
        var descriptorReserve = usualDescriptorReserve
        /// Connections that may lend memory before data is there.
        var streams = 0
        /// Whether the kernel can send pieces without copying.
        let canGatherWithoutCopying: Bool

        init(
            _ configuration: IOURingConfiguration = IOURingConfiguration()
        ) throws(IOError) {
            let configuration = configuration.clamped
            var ring = try IOURing(configuration)
            let event = zeromq_eventfd()
            if event < 0 { throw IOError(systemCode: -event, during: .openPoller) }
            do throws(IOError) {
                buffers = try BufferRing(
                    fd: ring.fd, count: configuration.buffers, size: configuration.bufferSize)
            } catch {
                ring.close()
                System.close(Handle(raw: Int(event)))
                throw error
            }
            canGatherWithoutCopying = ring.supports([ZEROMQ_URING_SENDMSG_ZC])
            self.configuration = configuration
            self.ring = ring
            self.event = event
        }

        // Not in `close`: until nobody knows this poller any more, somebody may call `wake`.
        deinit {
            ring.close()
            if !keepsBuffers { buffers.free() }
            blocks.removeAll()
            System.close(Handle(raw: Int(event)))
        }

        var name: StaticString { "io_uring" }

        // MARK: Any thread

        func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int {
            guard !vectors.isEmpty else { return 0 }
            let count = Int32(min(vectors.count, maximumSendVectors))
            return max(0, Int(zeromq_send(System.descriptor(handle), vectors.baseAddress, count)))
        }

        func wake() {
            // Nothing can be done about a failure: the counter is ours and its writes cannot block.
            _ = zeromq_eventfd_signal(event)
        }

        // MARK: Entries

        var entryCount: Int { entries.count }

        func isLive(_ entry: EntryID) -> Bool { entries[entry] != nil }

        func register(
            _ handle: Handle, _ handler: any IOHandler, owned: Bool
        ) throws(IOError) -> EntryID {
            if isClosed { throw IOError(.closed, during: .register) }
            var kind: Int32 = 0
            if owned {
                kind = zeromq_is_network_socket(System.descriptor(handle))
                if kind < 0 { throw IOError(systemCode: -kind, during: .register) }
            }
            let entry = entries.insert { id in
                IOURingEntry(id: id, handle: handle, isOwned: owned, handler: handler)
            }
            if kind == 1, configuration.isMultishot { entry.flags.insert(.multishot) }
            list(entry)
            return entry.id
        }

        // MARK: Plumbing

        @inline(__always)
        func complete(_ entry: IOURingEntry, _ outcome: IOOutcome) {
            collected.append(Completion(entry: entry, outcome: outcome))
        }

        /// Hands an operation to the kernel, with the next call.
        @inline(__always)
        func start(
            _ kind: RingTag.Kind, _ entry: IOURingEntry, _ inFlight: IOURingEntry.Flags,
            _ operation: consuming zeromq_uring_sqe
        ) {
            entry.flags.insert(inFlight)
            entry.pending += 1
            operation.fd = entry.descriptor
            operation.user_data = RingTag(kind, entry.id).raw
            ring.submissions.push(operation)
        }

        /// Asks the kernel to give an operation back. It comes back in any case, sooner or later.
        func cancel(_ kind: RingTag.Kind, _ entry: IOURingEntry) {
            var operation = zeromq_uring_sqe()
            operation.opcode = ZEROMQ_URING_ASYNC_CANCEL
            operation.flags = ZEROMQ_URING_SKIP_SUCCESS
            operation.fd = -1
            operation.address = RingTag(kind, entry.id).raw
            operation.user_data = 0
            ring.submissions.push(operation)
        }

        /// Puts an entry into the ready list, once.
        @inline(__always)
        func enqueue(_ entry: IOURingEntry) {
            guard !entry.flags.contains(.queued) else { return }
            entry.flags.insert(.queued)
            ready.append(entry)
        }

        /// Has the next turn see whether this entry still wants to receive.
        @inline(__always)
        func list(_ entry: IOURingEntry) {
            guard !entry.flags.contains(.listed) else { return }
            entry.flags.insert(.listed)
            listed.append(entry)
        }
    }
#endif
