/// Handles are given up in two steps: cancelled now, freed when the kernel has let go.
extension IOCPPoller {
    /// How long `close` waits for the kernel to give back what it owns.
    private static var drainTime: Duration { .seconds(5) }

    func retire(_ id: EntryID) {
        guard let entry = entries[id] else { return }
        retire(entry)
    }

    private func retire(_ entry: IOCPEntry) {
        entry.isRetired = true
        entry.isAccepting = false
        // On the handle as a whole: the operations of this entry are all there are.
        if entry.hasOperations { port.cancel(entry.handle) }
        entry.watch?.stop()
        for handle in entry.held { port.close(handle) }
        entry.held.removeAll()
        retired.append(entry)
        configuration.trace?(.retired(entry.id))
    }

    /// Frees the retired entries of which nothing is pending any more.
    func settleRetired() {
        guard !retired.isEmpty else { return }
        retired.removeAll { entry in
            if entry.hasPending {
                entry.watch?.stop()
                return false
            }
            entries.remove(entry)
            if entry.isOwned { port.close(entry.handle) }
            complete(entry, .retired)
            configuration.trace?(.freed(entry.id))
            return true
        }
    }

    /// How long to wait for packets at most, in milliseconds: a moment where watches have to be
    /// stopped again, and else a second, in case a wake-up could not be posted.
    var longestWait: UInt32 {
        retired.contains { $0.watch != nil } ? 5 : 1000
    }

    func close(into completions: inout [Completion]) {
        isClosed = true
        for entry in entries.live { retire(entry) }
        drain()
        completions.append(contentsOf: collected)
        collected.removeAll()
        pool.removeAll()
    }

    /// Waits until every packet has come back, but not for ever: what a broken port never gives
    /// back stays allocated, for the kernel may still use it: the block, and through it the
    /// operation, its entry, and the handler with all it has lent.
    private func drain() {
        let deadline = now().advanced(by: Self.drainTime)
        settleRetired()
        while !retired.isEmpty, now() < deadline {
            do throws(IOError) {
                try dequeue(min(50, longestWait))
            } catch {
                break
            }
            settleRetired()
        }
        for entry in retired { abandon(entry) }
        retired.removeAll()
    }

    private func abandon(_ entry: IOCPEntry) {
        entries.remove(entry)
        if entry.isOwned { port.close(entry.handle) }
        complete(entry, entry.hasOperations ? .abandoned : .retired)
    }
}
