/// A blocked receiver may run the loop of its I/O thread by itself: see ``LoopLoan``.
extension SocketCore {
    /// Waits by running the loop, where that is possible; returns at once where it is not, and then
    /// somebody else runs it.
    func waitInLoop(_ waiter: Waiter, of side: ReceiveSide, until deadline: Instant?) {
        if side.isOneByOne {
            for thread in context.ioThreads where thread.tenancy.isSole(self) {
                if thread.loan.isVacant { thread.serve(waiter, of: self, until: deadline) }
                if !waiter.isAwake { thread.loan.ask(for: waiter) }
            }
        }
        if !waiter.isAwake { callLoopsHome() }
    }

    /// Sees to it that somebody runs the loops, before something is waited for that they bring.
    @inline(__always)
    func callLoopsHome() {
        for thread in context.ioThreads where thread.loan.isVacant { thread.loan.callHome() }
    }
}
