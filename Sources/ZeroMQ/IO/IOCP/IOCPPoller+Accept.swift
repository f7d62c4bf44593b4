/// A listener keeps a pool of accepts in flight; each that ends is replaced at once.
extension IOCPPoller {
    /// How many failures in a row that concern one client each are passed over.
    private static var patience: Int { 64 }

    func accept(on id: EntryID) {
        guard let entry = entries[id] else { return }
        entry.isAccepting = true
        for handle in entry.held { complete(entry, .accepted(handle)) }
        entry.held.removeAll()
        postAccepts(entry)
    }

    func pauseAccepting(on id: EntryID) {
        guard let entry = entries[id], entry.isAccepting else { return }
        entry.isAccepting = false
        // Whoever comes now is to wait in the backlog; who has come meanwhile is held.
        if entry.accepts > 0 { port.cancel(entry.handle) }
    }

    /// Fills the pool up.
    func postAccepts(_ entry: IOCPEntry) {
        var patience = Self.patience
        while entry.isAccepting, !entry.isRetired, entry.accepts < configuration.acceptPool {
            guard let failure = postAccept(entry) else { continue }
            if failure.kind == .retry, patience > 0 {
                patience -= 1
                continue
            }
            // With accepts in flight there is hope: the pool is filled up again when one ends.
            if entry.accepts == 0 { failAccept(entry, failure) }
            return
        }
    }

    private func failAccept(_ entry: IOCPEntry, _ error: IOError) {
        entry.isAccepting = false
        complete(entry, .acceptFailed(error))
    }

    /// Posts one accept; nil when it is in flight.
    private func postAccept(_ entry: IOCPEntry) -> IOError? {
        let fresh: Handle
        do throws(IOError) {
            fresh = try port.openFresh(for: entry.handle)
        } catch {
            return error
        }
        let operation = pool.begin(.accept, entry)
        operation.fresh = fresh
        let addresses = operation.addresses(Port.acceptAddressBytes)
        let code = port.startAccept(entry.handle, into: fresh, addresses, operation.block)
        if hasStarted(operation, code) {
            entry.accepts += 1
            configuration.trace?(.started(.accept, entry.id))
            return nil
        }
        operation.fresh = nil
        takeBack(operation)
        port.close(fresh)
        configuration.trace?(.refused(.accept, entry.id, code: code))
        let isTransient = CompletionStatus(code: code) == .retry
        return isTransient
            ? IOError(.retry, code: code, during: .accept)
            : IOError(portCode: code, during: .accept)
    }

    /// The packet of an accept has come.
    func accepted(_ entry: IOCPEntry, _ fresh: Handle, code: Int32) {
        entry.accepts -= 1
        var failure = code
        if failure == 0, !entry.isRetired {
            failure = port.finishAccept(fresh, from: entry.handle)
        }
        if failure == 0, !entry.isRetired {
            if entry.isAccepting {
                complete(entry, .accepted(fresh))
            } else {
                entry.held.append(fresh)
            }
        } else {
            port.close(fresh)
        }
        guard !entry.isRetired else { return }
        if case .fatal(let kind) = CompletionStatus(code: failure), entry.accepts == 0,
            entry.isAccepting
        {
            return failAccept(entry, IOError(kind, code: failure, during: .accept))
        }
        postAccepts(entry)
    }
}
