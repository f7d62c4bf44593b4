#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// Connecting, watching, and hang-ups.
    extension IOURingPoller {
        func connect(_ id: EntryID, to address: SocketAddress) {
            guard let entry = entries[id], !entry.flags.contains(.connecting) else { return }
            entry.flags.remove(.toldHangUp)
            // At once, for local sockets never wait: a full backlog is a refusal.
            if address.isLocal {
                return connected(entry, System.startConnect(entry.handle, to: address))
            }
            entry.flags.insert(.connecting)
            let block = blocks.take()
            let length = address.withSockaddr { pointer, length in
                block.base.copyMemory(from: pointer, byteCount: Int(length))
                return length
            }
            entry.connectBlock = block
            var operation = zeromq_uring_sqe()
            operation.opcode = ZEROMQ_URING_CONNECT
            operation.address = UInt64(UInt(bitPattern: block.base))
            operation.offset = UInt64(length)
            start(.connect, entry, .connect, operation)
        }

        func connectCame(_ entry: IOURingEntry, _ result: Int32) {
            entry.flags.subtract([.connect, .connecting])
            if let block = entry.connectBlock {
                entry.connectBlock = nil
                blocks.give(block)
            }
            if !entry.isRetired { connected(entry, -result) }
        }

        private func connected(_ entry: IOURingEntry, _ code: Int32) {
            list(entry)
            switch code {
            case 0 where isConnectedToItself(entry):
                complete(entry, .connectFailed(IOError(.refused, during: .connect)))
            case 0:
                complete(entry, .connected)
            case System.wouldBlockCode:
                let error = IOError(.refused, code: code, during: .connect)
                complete(entry, .connectFailed(error))
            default:
                complete(entry, .connectFailed(IOError(systemCode: code, during: .connect)))
            }
        }

        /// Whether TCP has connected a socket to itself.
        ///
        /// That happens to who keeps trying a local port nobody listens on, once the system picks
        /// just that port for the connecting end.
        private func isConnectedToItself(_ entry: IOURingEntry) -> Bool {
            guard let local = System.localAddress(of: entry.handle), !local.isLocal else {
                return false
            }
            return local == System.peerAddress(of: entry.handle)
        }

        func shutdownSend(_ id: EntryID) {
            guard let entry = entries[id] else { return }
            System.shutdownSend(entry.handle)
        }

        // MARK: Watching

        func watch(_ id: EntryID) {
            guard let entry = entries[id], !entry.flags.contains(.watching) else { return }
            entry.flags.insert(.watching)
            startPoll(.watch, entry, .watch, ZEROMQ_EPOLLIN | ZEROMQ_EPOLLRDHUP)
        }

        /// A poll of a regular file reports at once: reading it never waits.
        func watchCame(_ entry: IOURingEntry, _ result: Int32) {
            entry.flags.subtract([.watch, .watching])
            if entry.isRetired { return }
            if result < 0 {
                complete(entry, .watchFailed(IOError(systemCode: -result, during: .watch)))
            } else {
                complete(entry, .readable)
            }
        }

        func startPoll(
            _ kind: RingTag.Kind, _ entry: IOURingEntry, _ inFlight: IOURingEntry.Flags,
            _ events: UInt32
        ) {
            var operation = zeromq_uring_sqe()
            operation.opcode = ZEROMQ_URING_POLL_ADD
            operation.operation_flags = Self.pollMask(events)
            start(kind, entry, inFlight, operation)
        }

        /// The kernel takes the mask in two halves of 16 bits, the low one first.
        static func pollMask(_ events: UInt32) -> UInt32 {
            #if _endian(little)
                events
            #else
                events << 16 | events >> 16
            #endif
        }

        // MARK: Hang-ups

        /// Who did not ask for more: what goes on by itself is stopped, its bytes leave the shared
        /// buffers, and the end of the connection is watched for.
        func settleListed() {
            guard !listed.isEmpty else { return }
            var batch: [IOURingEntry] = []
            swap(&batch, &listed)
            for entry in batch {
                entry.flags.remove(.listed)
                guard !entry.isRetired, entry.isOwned,
                    entry.flags.isDisjoint(with: [.receiving, .connecting, .listens])
                else { continue }
                entry.held.leaveBuffers(&buffers)
                if entry.flags.contains(.sharedReceive) {
                    cancelReceive(entry)
                } else if entry.flags.isDisjoint(with: [.hangUp, .toldHangUp]) {
                    startPoll(.hangUp, entry, .hangUp, ZEROMQ_EPOLLRDHUP)
                }
            }
            batch.removeAll(keepingCapacity: true)
            if listed.isEmpty { swap(&batch, &listed) }
        }

        func hangUpCame(_ entry: IOURingEntry) {
            entry.flags.remove(.hangUp)
            if entry.isRetired { return }
            // An unconnected socket is reported as hung up; that is not about a connection.
            if entry.flags.contains(.connecting) { return }
            tellHangUp(entry)
        }

        func tellHangUp(_ entry: IOURingEntry) {
            guard entry.flags.isDisjoint(with: [.toldHangUp, .listens]) else { return }
            entry.flags.insert(.toldHangUp)
            complete(entry, .hungUp)
        }
    }
#endif
