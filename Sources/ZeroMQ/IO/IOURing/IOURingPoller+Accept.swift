#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The ring tells that somebody waits, and the connections are taken by a call each, 64 a turn.
    ///
    /// An accept that goes on by itself (multishot) would empty the backlog into the process before
    /// it can be stopped: thousands of descriptors that no limit of the listener knows of.
    extension IOURingPoller {
        func accept(on id: EntryID) {
            guard let entry = entries[id] else { return }
            entry.flags.formUnion([.accepting, .listens])
            enqueue(entry)
        }

        func pauseAccepting(on id: EntryID) {
            entries[id]?.flags.remove(.accepting)
        }

        /// Somebody waits, or that cannot be found out.
        func acceptCame(_ entry: IOURingEntry, _ result: Int32) {
            entry.flags.remove(.accept)
            guard !entry.isRetired, entry.flags.contains(.accepting) else { return }
            if result < 0 {
                failAccept(entry, IOError(systemCode: -result, during: .accept))
            } else {
                enqueue(entry)
            }
        }

        /// Takes 64 connections at most, and then the failure behind them.
        func runAccept(_ entry: IOURingEntry) {
            guard entry.flags.contains(.accepting) else { return }
            if entry.turn != turns {
                entry.turn = turns
                entry.acceptsThisTurn = 0
            }
            let most = maximumAcceptsPerTurn - entry.acceptsThisTurn
            guard most > 0 else { return enqueue(entry) }
            let end = AcceptBatch.run(
                entry.descriptor, most: most, reserve: descriptorReserve
            ) { handle in
                entry.acceptsThisTurn += 1
                complete(entry, .accepted(handle))
            }
            switch end {
            case .drained: awaitClients(entry)
            case .full: enqueue(entry)
            case .failed(let error): failAccept(entry, error)
            }
        }

        private func awaitClients(_ entry: IOURingEntry) {
            guard !entry.flags.contains(.accept) else { return }
            startPoll(.accept, entry, .accept, ZEROMQ_EPOLLIN)
        }

        private func failAccept(_ entry: IOURingEntry, _ error: IOError) {
            entry.flags.remove(.accepting)
            complete(entry, .acceptFailed(error))
        }
    }
#endif
