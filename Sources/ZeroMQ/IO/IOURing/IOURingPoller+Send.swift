#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// Sending: one operation, of one piece or of a message of several.
    extension IOURingPoller {
        /// The most bytes of one piece; the kernel counts in 32 bits.
        private static var largestPiece: Int { 1 << 30 }

        func send(_ id: EntryID, _ vectors: UnsafeBufferPointer<IOVector>) {
            guard let entry = entries[id], !entry.flags.contains(.sending) else { return }
            let pieces = UnsafeBufferPointer(rebasing: vectors.prefix(maximumSendVectors))
            if pieces.isEmpty { return complete(entry, .sent(0)) }
            entry.flags.insert(.sending)
            let copies = !sendsWithoutCopying(entry, pieces)
            var operation = zeromq_uring_sqe()
            operation.operation_flags = System.sendFlags
            if pieces.count == 1 {
                operation.opcode = copies ? ZEROMQ_URING_SEND : ZEROMQ_URING_SEND_ZC
                operation.address = UInt64(UInt(bitPattern: pieces[0].base))
                operation.length = UInt32(clamping: min(pieces[0].count, Self.largestPiece))
            } else {
                let block = blocks.take()
                block.fill(pieces)
                entry.sendBlock = block
                operation.opcode = copies ? ZEROMQ_URING_SENDMSG : ZEROMQ_URING_SENDMSG_ZC
                operation.address = UInt64(UInt(bitPattern: block.base))
                operation.length = 1
            }
            if !copies { operation.priority = ZEROMQ_URING_REPORT_USAGE }
            start(.send, entry, .send, operation)
        }

        func sendCame(_ entry: IOURingEntry, _ outcome: zeromq_uring_cqe) {
            if outcome.flags & ZEROMQ_URING_CQE_NOTIFICATION != 0 {
                return memoryCameBack(entry, outcome.result)
            }
            if outcome.flags & ZEROMQ_URING_CQE_MORE != 0 {
                // Sent, but the kernel still reads the memory.
                entry.sent = outcome.result
                if entry.isRetired { System.shutdownSend(entry.handle) }
                return
            }
            sendEnded(entry, outcome.result)
        }

        /// The send is over, and its memory nobody's but the caller's.
        private func sendEnded(_ entry: IOURingEntry, _ result: Int32) {
            if let block = entry.sendBlock {
                entry.sendBlock = nil
                blocks.give(block)
            }
            entry.flags.subtract([.send, .sending])
            if entry.isRetired { return }
            switch result {
            case 0...:
                complete(entry, .sent(Int(result)))
            case -System.interruptedCode, -System.wouldBlockCode:
                // Nothing was taken: the caller posts it again.
                complete(entry, .sent(0))
            case -System.noMemoryCode where entry.flags.contains(.triesZeroCopy),
                -System.noBuffersCode where entry.flags.contains(.triesZeroCopy):
                // No more memory may be pinned.
                entry.flags.insert(.copiesSends)
                complete(entry, .sent(0))
            default:
                complete(entry, .sendFailed(IOError(systemCode: -result, during: .send)))
            }
        }

        // MARK: Without copying

        /// Whether a send is worth pinning its memory until the peer has all of it.
        private func sendsWithoutCopying(
            _ entry: IOURingEntry, _ pieces: UnsafeBufferPointer<IOVector>
        ) -> Bool {
            guard let threshold = configuration.zeroCopyThreshold,
                !entry.flags.contains(.copiesSends),
                pieces.count == 1 || canGatherWithoutCopying
            else { return false }
            var bytes = 0
            for piece in pieces { bytes = bytes.addingReportingOverflow(piece.count).partialValue }
            guard bytes >= threshold else {
                entry.flags.remove(.triesZeroCopy)
                return false
            }
            entry.flags.insert(.triesZeroCopy)
            return true
        }

        /// The kernel reads the memory no more. Whether it had to copy after all (to the loopback
        /// interface, say) it tells too, and then the next sends are plain ones.
        private func memoryCameBack(_ entry: IOURingEntry, _ result: Int32) {
            if UInt32(bitPattern: result) & ZEROMQ_URING_ZC_COPIED != 0 {
                entry.flags.insert(.copiesSends)
            }
            let sent = entry.sent ?? 0
            entry.sent = nil
            sendEnded(entry, sent)
        }
    }
#endif
