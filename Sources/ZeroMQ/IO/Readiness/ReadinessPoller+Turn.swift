#if !canImport(WinSDK)
    import CZeroMQPlatform

    /// The turn: ready work, and what the kernel's events make possible.
    extension ReadinessPoller {
        /// Turns of ready work after which the kernel is asked, however busy this thread is.
        private static var maximumTurnsWithoutPoll: Int { 4 }

        /// Begins a turn: what was retired is closed, and each ready entry does a piece of work.
        ///
        /// - Returns: whether the kernel is to be asked now.
        func beginTurn() -> Bool {
            finishRetiring()
            runReady()
            if !collected.isEmpty || !ready.isEmpty,
                turnsWithoutPoll < Self.maximumTurnsWithoutPoll
            {
                turnsWithoutPoll += 1
                return false
            }
            turnsWithoutPoll = 0
            return true
        }

        /// The time to wait, in nanoseconds; negative for ever, 0 with something to do already.
        func nanoseconds(until deadline: Instant?) -> Int64 {
            if !collected.isEmpty || !ready.isEmpty { return 0 }
            guard let deadline, deadline != .distantFuture else { return -1 }
            if deadline == .distantPast { return 0 }
            return max(0, deadline.duration(since: Instant.now()).clampedNanoseconds)
        }

        func handOut(_ completions: inout [Completion]) {
            if completions.isEmpty {
                swap(&completions, &collected)
            } else {
                completions.append(contentsOf: collected)
                collected.removeAll(keepingCapacity: true)
            }
        }

        // MARK: Events

        /// Goes on with a receive or accept whose time has come.
        func resume(_ entry: ReadinessEntry) {
            if entry.flags.contains(.readable),
                !entry.flags.isDisjoint(with: [.receiving, .accepting])
            {
                enqueue(entry)
            }
        }

        /// Goes on with a send that had to wait.
        func resumeSending(_ entry: ReadinessEntry) {
            guard entry.isSending else { return }
            if trySend(entry, UnsafeBufferPointer(entry.vectors)) {
                entry.dropVectors()
            } else {
                awaitWritable(entry)
            }
        }

        func tellHangUp(_ entry: ReadinessEntry) {
            guard entry.flags.isDisjoint(with: [.toldHangUp, .accepting]) else { return }
            entry.flags.insert(.toldHangUp)
            complete(entry, .hungUp)
        }

        /// Ends a connect.
        ///
        /// - Parameter code: the error that came with the event, for when the socket has none.
        /// - Returns: false when nothing has come of it.
        func finishConnect(_ entry: ReadinessEntry, isWritable: Bool, code: Int32 = 0) -> Bool {
            entry.flags.remove(.connecting)
            let taken = System.takeError(entry.handle)
            let code = taken != 0 ? taken : code
            if code != 0 {
                complete(entry, .connectFailed(IOError(systemCode: code, during: .connect)))
            } else if !isWritable {
                complete(entry, .connectFailed(IOError(.reset, during: .connect)))
            } else if isConnectedToItself(entry) {
                complete(entry, .connectFailed(IOError(.refused, during: .connect)))
            } else {
                complete(entry, .connected)
                return true
            }
            return false
        }

        /// Whether TCP has connected a socket to itself.
        ///
        /// That happens to who keeps trying a local port nobody listens on, once the system picks
        /// just that port for the connecting end.
        private func isConnectedToItself(_ entry: ReadinessEntry) -> Bool {
            guard let local = System.localAddress(of: entry.handle), !local.isLocal else {
                return false
            }
            return local == System.peerAddress(of: entry.handle)
        }

        // MARK: Ready work

        /// Lets each ready entry do one piece of work.
        func runReady() {
            guard !ready.isEmpty else { return }
            var batch: [ReadinessEntry] = []
            swap(&batch, &ready)
            for entry in batch {
                entry.flags.remove(.queued)
                if entry.isRetired { continue }
                if entry.flags.contains(.receiving) {
                    runReceive(entry)
                } else if entry.flags.contains(.accepting) {
                    runAccept(entry)
                }
            }
            batch.removeAll(keepingCapacity: true)
            // Accepting entries may have queued themselves again.
            if ready.isEmpty { swap(&batch, &ready) }
        }

        private func runReceive(_ entry: ReadinessEntry) {
            var buffers = ReceiveBuffers()
            entry.handler.lend(&buffers)
            if entry.isRetired { return }
            guard buffers.count > 0 else {
                entry.flags.remove(.receiving)
                complete(entry, .receiveFailed(IOError(.exhausted, during: .receive)))
                return
            }
            let count = Int32(truncatingIfNeeded: buffers.count)
            let capacity = buffers.capacity
            var pieces = buffers.pieces
            let result = withUnsafePointer(to: &pieces) {
                zeromq_receive(entry.descriptor, UnsafeRawPointer($0), count)
            }
            if result < 0 {
                let code = Int32(truncatingIfNeeded: -result)
                if code == System.wouldBlockCode {
                    // Whatever the flags said, the next edge is still to come.
                    entry.flags.subtract([.readable, .hungUp])
                    return
                }
                entry.flags.remove(.receiving)
                complete(entry, .receiveFailed(IOError(systemCode: code, during: .receive)))
                return
            }
            entry.flags.remove(.receiving)
            if result < capacity, !entry.flags.contains(.hungUp) { entry.flags.remove(.readable) }
            complete(entry, .received(Int(result)))
        }

        private func runAccept(_ entry: ReadinessEntry) {
            let end = AcceptBatch.run(
                entry.descriptor, most: maximumAcceptsPerTurn, reserve: descriptorReserve
            ) { complete(entry, .accepted($0)) }
            switch end {
            case .drained: entry.flags.remove(.readable)
            case .full: enqueue(entry)
            case .failed(let error):
                // The backlog is still there when accepting is resumed.
                entry.flags.remove(.accepting)
                complete(entry, .acceptFailed(error))
            }
        }
    }
#endif
