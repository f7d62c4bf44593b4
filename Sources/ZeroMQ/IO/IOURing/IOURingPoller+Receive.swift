#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// Receiving, in one of two ways.
    ///
    /// *Shared*: the kernel takes a buffer of the ring when data is there, and goes on until it is
    /// told not to. Data that nobody has asked for is held.
    ///
    /// *Direct*: the kernel fills what the handler has lent. For connections on which much arrives,
    /// and where the buffers have run out.
    extension IOURingPoller {
        /// A direct receive that brings less is small.
        private static var smallReceive: Int { 2048 }
        /// After so many small ones in a row a connection goes back to shared buffers.
        private static var smallReceivesToShare: Int { 32 }
        /// The most bytes one receive moves; the kernel counts in 32 bits.
        private static var largestReceive: Int { 1 << 30 }

        func receive(_ id: EntryID) {
            guard let entry = entries[id], !entry.flags.contains(.receiving) else { return }
            entry.flags.insert(.receiving)
            if entry.hasReceived {
                enqueue(entry)
            } else {
                startReceive(entry)
            }
        }

        func holdsBytes(of id: EntryID) -> Bool {
            entries[id].map { !$0.held.isEmpty } ?? false
        }

        /// Has the kernel receive, unless it does.
        func startReceive(_ entry: IOURingEntry) {
            guard !entry.isReceivePending else { return }
            if entry.flags.contains(.streams) || buffers.available == 0 {
                startDirect(entry)
            } else {
                startShared(entry)
            }
        }

        private func startShared(_ entry: IOURingEntry) {
            var operation = zeromq_uring_sqe()
            operation.opcode = ZEROMQ_URING_RECV
            operation.flags = ZEROMQ_URING_BUFFER_SELECT
            operation.buffer_group = BufferRing.group
            operation.priority = firstLook(entry)
            if entry.flags.contains(.multishot) {
                operation.priority |= ZEROMQ_URING_RECV_MULTISHOT
            }
            start(.sharedReceive, entry, .sharedReceive, operation)
        }

        private func startDirect(_ entry: IOURingEntry) {
            var lent = ReceiveBuffers()
            entry.handler.lend(&lent)
            // Lending may have led to anything.
            guard !entry.isRetired, entry.flags.contains(.receiving), !entry.isReceivePending
            else { return }
            guard lent.count > 0 else { return fail(entry, IOError(.exhausted, during: .receive)) }
            var operation = zeromq_uring_sqe()
            operation.priority = firstLook(entry)
            if lent.count == 1 {
                operation.opcode = ZEROMQ_URING_RECV
                operation.address = UInt64(UInt(bitPattern: lent.pieces.0.base))
                operation.length = UInt32(clamping: min(lent.pieces.0.count, Self.largestReceive))
            } else {
                let block = blocks.take()
                block.fill(lent)
                entry.receiveBlock = block
                operation.opcode = ZEROMQ_URING_RECVMSG
                operation.address = UInt64(UInt(bitPattern: block.base))
                operation.length = 1
            }
            start(.directReceive, entry, .directReceive, operation)
        }

        /// Where nothing is known to be there, the first try would be for nothing.
        private func firstLook(_ entry: IOURingEntry) -> UInt16 {
            entry.flags.contains(.hasMore) ? 0 : ZEROMQ_URING_POLL_FIRST
        }

        // MARK: Outcomes

        func sharedReceiveCame(_ entry: IOURingEntry, _ outcome: zeromq_uring_cqe) {
            if outcome.flags & ZEROMQ_URING_CQE_MORE == 0 {
                entry.flags.subtract([.sharedReceive, .receiveCancelled])
            }
            hold(entry, outcome)
            if entry.isRetired { return }
            noteMore(entry, outcome)
            switch outcome.result {
            case 1...:
                if outcome.result == buffers.size { beginStream(entry) }
            case -System.noBuffersCode:
                // Data is there, and no buffer: it goes where the handler says.
                if entry.flags.contains(.receiving), !entry.hasReceived, !entry.isReceivePending {
                    startDirect(entry)
                }
            case -System.cancelledCode, -System.interruptedCode, -System.wouldBlockCode: break
            default: entry.heldEnd = -outcome.result
            }
            carryOn(entry)
        }

        private func hold(_ entry: IOURingEntry, _ outcome: zeromq_uring_cqe) {
            guard outcome.flags & ZEROMQ_URING_CQE_BUFFER != 0 else { return }
            let id = UInt16(truncatingIfNeeded: outcome.flags >> ZEROMQ_URING_BUFFER_SHIFT)
            guard let base = buffers.take(id) else { return }
            if outcome.result > 0, !entry.isRetired {
                entry.held.append(base, Int(outcome.result), buffer: id)
            } else {
                buffers.giveBack(id)
            }
        }

        private func noteMore(_ entry: IOURingEntry, _ outcome: zeromq_uring_cqe) {
            if outcome.flags & ZEROMQ_URING_CQE_NONEMPTY != 0 {
                entry.flags.insert(.hasMore)
            } else {
                entry.flags.remove(.hasMore)
            }
        }

        /// What a shared receive has left to do.
        private func carryOn(_ entry: IOURingEntry) {
            guard entry.flags.contains(.receiving) else {
                if entry.heldEnd != nil { tellHangUp(entry) }
                return list(entry)
            }
            if entry.hasReceived {
                enqueue(entry)
            } else {
                startReceive(entry)
            }
        }

        func directReceiveCame(_ entry: IOURingEntry, _ outcome: zeromq_uring_cqe) {
            entry.flags.remove(.directReceive)
            if let block = entry.receiveBlock {
                entry.receiveBlock = nil
                blocks.give(block)
            }
            if entry.isRetired { return }
            noteMore(entry, outcome)
            if outcome.result == -System.interruptedCode || outcome.result == -System.wouldBlockCode
                || outcome.result == -System.cancelledCode
            {
                return startReceive(entry)
            }
            if outcome.result < 0 {
                return fail(entry, IOError(systemCode: -outcome.result, during: .receive))
            }
            measureStream(entry, Int(outcome.result))
            received(entry, Int(outcome.result))
        }

        /// Hands over what has been received, in one piece as far as it fits.
        func handOverReceived(_ entry: IOURingEntry) {
            guard !entry.held.isEmpty else {
                guard let code = entry.heldEnd else { return startReceive(entry) }
                entry.heldEnd = nil
                if code == 0 { return received(entry, 0) }
                return fail(entry, IOError(systemCode: code, during: .receive))
            }
            var lent = ReceiveBuffers()
            entry.handler.lend(&lent)
            guard !entry.isRetired, entry.flags.contains(.receiving) else { return }
            guard lent.count > 0 else { return fail(entry, IOError(.exhausted, during: .receive)) }
            let count = move(entry, to: lent.pieces.0)
            received(entry, count + move(entry, to: lent.pieces.1))
        }

        @inline(__always)
        private func move(_ entry: IOURingEntry, to piece: ReceiveBuffers.Piece) -> Int {
            guard let base = piece.base else { return 0 }
            return entry.held.move(to: base, piece.count, &buffers)
        }

        private func received(_ entry: IOURingEntry, _ count: Int) {
            entry.flags.remove(.receiving)
            list(entry)
            complete(entry, .received(count))
        }

        private func fail(_ entry: IOURingEntry, _ error: IOError) {
            entry.flags.remove(.receiving)
            list(entry)
            complete(entry, .receiveFailed(error))
        }

        // MARK: Streams

        /// A whole buffer has been filled: there is more where that came from.
        private func beginStream(_ entry: IOURingEntry) {
            guard !entry.flags.contains(.streams), streams < configuration.directReceives else {
                return
            }
            streams += 1
            entry.flags.insert(.streams)
            entry.smallReceives = 0
            cancelReceive(entry)
        }

        func endStream(_ entry: IOURingEntry) {
            guard entry.flags.contains(.streams) else { return }
            streams -= 1
            entry.flags.remove(.streams)
        }

        private func measureStream(_ entry: IOURingEntry, _ count: Int) {
            guard entry.flags.contains(.streams) else { return }
            if count >= Self.smallReceive {
                entry.smallReceives = 0
            } else {
                entry.smallReceives += 1
                if entry.smallReceives >= Self.smallReceivesToShare { endStream(entry) }
            }
        }

        /// Has the kernel end a shared receive.
        func cancelReceive(_ entry: IOURingEntry) {
            guard entry.flags.contains(.sharedReceive), !entry.flags.contains(.receiveCancelled)
            else { return }
            entry.flags.insert(.receiveCancelled)
            cancel(.sharedReceive, entry)
        }
    }
#endif
