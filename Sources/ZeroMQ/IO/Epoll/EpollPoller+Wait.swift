#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The turn: ready work, the kernel's events, and what they make possible.
    extension EpollPoller {
        /// Turns of ready work after which the kernel is asked, however busy this thread is.
        private static var maximumTurnsWithoutPoll: Int { 4 }

        func wait(
            until deadline: Instant?, into completions: inout [Completion]
        ) throws(IOError) {
            defer { handOut(&completions) }
            finishRetiring()
            runReady()
            var timeout: Int64 = 0
            if collected.isEmpty, ready.isEmpty {
                timeout = nanoseconds(until: deadline)
            } else if turnsWithoutPoll < Self.maximumTurnsWithoutPoll {
                turnsWithoutPoll += 1
                return
            }
            turnsWithoutPoll = 0
            let count = zeromq_epoll_wait(
                epoll, events.baseAddress, Int32(truncatingIfNeeded: events.count), timeout)
            if count < 0 {
                if -count == System.interruptedCode { return }
                throw IOError(systemCode: -count, during: .wait)
            }
            for event in events.prefix(Int(count)) where event.data.u64 != Self.wakeData {
                let id = EntryID(
                    index: UInt32(truncatingIfNeeded: event.data.u64),
                    generation: UInt32(truncatingIfNeeded: event.data.u64 >> 32))
                if let entry = entries[id] { take(event.events, for: entry) }
            }
            runReady()
        }

        /// The time to wait, in nanoseconds; negative for ever.
        private func nanoseconds(until deadline: Instant?) -> Int64 {
            guard let deadline, deadline != .distantFuture else { return -1 }
            if deadline == .distantPast { return 0 }
            return max(0, deadline.duration(since: now()).clampedNanoseconds)
        }

        private func handOut(_ completions: inout [Completion]) {
            if completions.isEmpty {
                swap(&completions, &collected)
            } else {
                completions.append(contentsOf: collected)
                collected.removeAll(keepingCapacity: true)
            }
        }

        // MARK: Events

        private func take(_ events: UInt32, for entry: EpollEntry) {
            if entry.flags.contains(.watching) {
                finishWatch(entry)
                return
            }
            let trouble = ZEROMQ_EPOLLERR | ZEROMQ_EPOLLHUP
            if entry.flags.contains(.connecting), events & (ZEROMQ_EPOLLOUT | trouble) != 0,
                !finishConnect(entry, isWritable: events & ZEROMQ_EPOLLOUT != 0)
            {
                return
            }
            if events & (trouble | ZEROMQ_EPOLLRDHUP) != 0 {
                entry.flags.formUnion([.hungUp, .readable])
                tellHangUp(entry)
            } else if events & ZEROMQ_EPOLLIN != 0 {
                entry.flags.insert(.readable)
            }
            if entry.flags.contains(.readable),
                !entry.flags.isDisjoint(with: [.receiving, .accepting])
            {
                enqueue(entry)
            }
            if entry.isSending, events & (ZEROMQ_EPOLLOUT | trouble) != 0,
                trySend(entry, UnsafeBufferPointer(entry.vectors))
            {
                entry.dropVectors()
            }
        }

        private func tellHangUp(_ entry: EpollEntry) {
            guard entry.flags.isDisjoint(with: [.toldHangUp, .accepting]) else { return }
            entry.flags.insert(.toldHangUp)
            complete(entry, .hungUp)
        }

        /// False when nothing has come of it.
        private func finishConnect(_ entry: EpollEntry, isWritable: Bool) -> Bool {
            entry.flags.remove(.connecting)
            let code = System.takeError(entry.handle)
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
        private func isConnectedToItself(_ entry: EpollEntry) -> Bool {
            guard let local = System.localAddress(of: entry.handle), !local.isLocal else {
                return false
            }
            return local == System.peerAddress(of: entry.handle)
        }

        // MARK: Ready work

        /// Lets each ready entry do one piece of work.
        private func runReady() {
            guard !ready.isEmpty else { return }
            var batch: [EpollEntry] = []
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

        private func runReceive(_ entry: EpollEntry) {
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

        private func runAccept(_ entry: EpollEntry) {
            var accepted = 0
            var failure: Int32 = 0
            for _ in 0..<maximumAcceptsPerTurn {
                let fd = zeromq_accept(entry.descriptor)
                if fd >= 0 {
                    accepted += 1
                    complete(entry, .accepted(Handle(raw: Int(fd))))
                    continue
                }
                failure = -fd
                if failure == System.wouldBlockCode {
                    entry.flags.remove(.readable)
                    return
                }
                if !System.isTransientAcceptError(failure) {
                    failAccept(entry, failure)
                    return
                }
            }
            // 64 clients in a row that are gone: not to be kept up at full speed.
            if accepted > 0 { enqueue(entry) } else { failAccept(entry, failure) }
        }

        /// Pauses accepting; the backlog is still there when it is resumed.
        private func failAccept(_ entry: EpollEntry, _ code: Int32) {
            entry.flags.remove(.accepting)
            complete(entry, .acceptFailed(IOError(systemCode: code, during: .accept)))
        }
    }
#endif
