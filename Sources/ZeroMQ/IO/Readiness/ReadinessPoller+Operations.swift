#if !canImport(WinSDK)
    import CZeroMQPlatform

    /// Starting operations. None of these delivers anything: outcomes are collected for `wait`.
    extension ReadinessPoller {
        func accept(on entry: EntryID) {
            guard let entry = entries[entry] else { return }
            entry.flags.insert(.accepting)
            if entry.flags.contains(.readable) { enqueue(entry) }
        }

        func pauseAccepting(on entry: EntryID) {
            entries[entry]?.flags.remove(.accepting)
        }

        func connect(_ entry: EntryID, to address: SocketAddress) {
            guard let entry = entries[entry], !entry.flags.contains(.connecting) else { return }
            // Linux reports an unconnected socket as hung up; that is not about this connection.
            entry.flags.subtract([.readable, .hungUp, .toldHangUp])
            switch System.startConnect(entry.handle, to: address) {
            case 0: complete(entry, .connected)
            case System.inProgressCode, System.interruptedCode:
                entry.flags.insert(.connecting)
                awaitWritable(entry)
            case System.wouldBlockCode:
                // A local listener whose backlog is full; no event will say when it is not.
                let error = IOError(.refused, code: System.wouldBlockCode, during: .connect)
                complete(entry, .connectFailed(error))
            case let code:
                complete(entry, .connectFailed(IOError(systemCode: code, during: .connect)))
            }
        }

        func receive(_ entry: EntryID) {
            guard let entry = entries[entry] else { return }
            entry.flags.insert(.receiving)
            if !entry.flags.isDisjoint(with: [.readable, .alwaysReadable]) { enqueue(entry) }
        }

        func send(_ entry: EntryID, _ vectors: UnsafeBufferPointer<IOVector>) {
            guard let entry = entries[entry], !entry.isSending else { return }
            let pieces = UnsafeBufferPointer(rebasing: vectors.prefix(maximumSendVectors))
            if pieces.isEmpty {
                complete(entry, .sent(0))
            } else if !trySend(entry, pieces) {
                entry.keep(pieces)
                awaitWritable(entry)
            }
        }

        /// Makes one send.
        ///
        /// - Returns: false if it would block.
        func trySend(_ entry: ReadinessEntry, _ pieces: UnsafeBufferPointer<IOVector>) -> Bool {
            let result = zeromq_send(
                entry.descriptor, pieces.baseAddress, Int32(truncatingIfNeeded: pieces.count))
            if result >= 0 {
                complete(entry, .sent(Int(result)))
                return true
            }
            let code = Int32(truncatingIfNeeded: -result)
            if code == System.wouldBlockCode { return false }
            complete(entry, .sendFailed(IOError(systemCode: code, during: .send)))
            return true
        }

        func finishWatch(_ entry: ReadinessEntry) {
            guard entry.flags.contains(.watching) else { return }
            entry.flags.remove(.watching)
            complete(entry, .readable)
        }

        func failWatch(_ entry: ReadinessEntry, _ code: Int32) {
            entry.flags.remove(.watching)
            complete(entry, .watchFailed(IOError(systemCode: code, during: .watch)))
        }

        func shutdownSend(_ entry: EntryID) {
            guard let entry = entries[entry] else { return }
            System.shutdownSend(entry.handle)
        }

        func retire(_ entry: EntryID) {
            guard let entry = entries[entry] else { return }
            retire(entry)
        }

        private func retire(_ entry: ReadinessEntry) {
            entry.isRetired = true
            forget(entry)
            retiring.append(entry)
        }

        /// Closes what was retired and reports it.
        func finishRetiring() {
            guard !retiring.isEmpty else { return }
            for entry in retiring {
                entries.remove(entry)
                entry.dropVectors()
                if entry.isOwned { System.close(entry.handle) }
                complete(entry, .retired)
            }
            retiring.removeAll(keepingCapacity: true)
        }

        func close(into completions: inout [Completion]) {
            isClosed = true
            for entry in entries.live { retire(entry) }
            ready.removeAll()
            finishRetiring()
            forgetAll()
            completions.append(contentsOf: collected)
            collected.removeAll()
        }
    }
#endif
