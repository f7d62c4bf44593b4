/// Which departures from ZMTP 3.1 are refused: all of them, unless switched off here.
struct WireStrictness: Hashable, Sendable {
    /// Refuse a peer that does not say its socket type. libzmq tolerates it.
    var requiresSocketType = true
    /// Refuse handshake commands that arrive in message frames. libzmq tolerates them.
    var requiresCommandFlag = true
    /// Refuse frames with one of the reserved flag bits 3 to 7 set. libzmq ignores the bits; where
    /// they are tolerated, they still stand in the flags of the frames that are passed on.
    var rejectsReservedFlags = true
}
