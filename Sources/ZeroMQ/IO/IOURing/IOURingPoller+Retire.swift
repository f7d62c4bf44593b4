#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// Descriptors are given up in two steps: cancelled now, freed when the kernel has let go.
    extension IOURingPoller {
        /// How long `close` waits for the kernel to give back what it owns, and how long again
        /// once streams are broken off for it.
        private static var drainTime: Duration { .seconds(5) }

        /// What may be pending, and the operation it is.
        private static var pendingKinds: [(IOURingEntry.Flags, RingTag.Kind)] {
            [
                (.sharedReceive, .sharedReceive), (.directReceive, .directReceive), (.send, .send),
                (.accept, .accept), (.connect, .connect), (.watch, .watch), (.hangUp, .hangUp),
            ]
        }

        func retire(_ id: EntryID) {
            guard let entry = entries[id] else { return }
            retire(entry)
        }

        private func retire(_ entry: IOURingEntry) {
            entry.isRetired = true
            endStream(entry)
            if entry.pending > 0 {
                for (flag, kind) in Self.pendingKinds where entry.flags.contains(flag) {
                    cancel(kind, entry)
                }
                // It stays open for as long as the peer has not got what was sent without copying.
                // Closing would have told the peer that this is the end, so that is done now.
                if entry.sent != nil { System.shutdownSend(entry.handle) }
            }
            entry.held.removeAll(&buffers)
            retired.append(entry)
        }

        /// Frees the retired entries of which nothing is pending any more.
        func settleRetired() {
            guard !retired.isEmpty else { return }
            retired.removeAll { entry in
                if entry.pending > 0 { return false }
                free(entry)
                return true
            }
        }

        private func free(_ entry: IOURingEntry) {
            entries.remove(entry)
            if entry.isOwned { System.close(entry.handle) }
            complete(entry, .retired)
        }

        /// Ends what the kernel does not give back. It goes on using the memory, even for a while
        /// after the ring is closed: so the entry, the handler with all it has lent, and the shared
        /// buffers are kept for ever.
        private func abandon(_ entry: IOURingEntry) {
            entries.remove(entry)
            AbandonedObjects.keep(entry)
            keepsBuffers = true
            if entry.isOwned { System.close(entry.handle) }
            complete(entry, .abandoned)
        }

        func close(into completions: inout [Completion]) {
            isClosed = true
            for entry in entries.live { retire(entry) }
            ready.removeAll()
            listed.removeAll()
            drain()
            completions.append(contentsOf: collected)
            collected.removeAll()
        }

        /// Waits until everything has come back, but not for ever: what a broken ring never gives
        /// back is abandoned.
        private func drain() {
            drain(until: now().advanced(by: Self.drainTime))
            // A peer that takes nothing more holds memory that was to be sent without copying.
            for entry in retired where entry.isOwned { zeromq_stream_abort(entry.descriptor) }
            drain(until: now().advanced(by: Self.drainTime))
            if retired.isEmpty { return }
            for entry in retired { abandon(entry) }
            retired.removeAll()
            // Ends what is pending, if anything can. Who is abandoned keeps this poller alive, and
            // so would the ring be.
            ring.close()
        }

        private func drain(until deadline: Instant) {
            settleRetired()
            while !retired.isEmpty, now() < deadline {
                do throws(IOError) {
                    try turn(50_000_000)
                } catch {
                    return
                }
                settleRetired()
            }
        }
    }
#endif
