import Synchronization

/// The loop may be run by a thread that would only wait for it: see ``LoopLoan``.
extension IOThread {
    /// Whether a thread that owns the only connection may run the loop.
    private var mayLend: Bool {
        busyWait == .zero && poller.mayChangeThread && !tenancy.hasJobs
            && !isStopping.load(ordering: .acquiring)
    }

    private var isBusy: Bool { !mailbox.isEmpty || isStopping.load(ordering: .acquiring) }

    /// Leaves the loop to who has asked for it, and returns when it is home again.
    func lend() {
        guard mayLend, mailbox.prepareToSleep() else { return }
        owner.store(0, ordering: .relaxed)
        loan.lend { isBusy }
    }

    /// Runs the loop on the calling thread, which would wait otherwise, until `guest` is awake.
    ///
    /// Does so if nobody else runs it, and for as long as the connection of `tenant` is the only
    /// one; returns at once where that is not so.
    func serve(_ guest: any LoopGuest, of tenant: AnyObject, until deadline: Instant?) {
        guard tenancy.isSole(tenant), loan.take() else { return }
        isServing = true
        var isSound = true
        while isSound, !guest.isAwake, mayLend, tenancy.isSole(tenant),
            deadline.map({ poller.now() < $0 }) ?? true
        {
            isSound = runTurn(wait: true, until: deadline)
        }
        isServing = false
        owner.store(0, ordering: .relaxed)
        let comesBack = isSound && guest.isAwake && mayLend && mailbox.prepareToSleep()
        loan.giveBack(left: comesBack) { isBusy }
    }
}
